package io.aftersend.bench.generator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The load generator as a process: takes orders from standard input, one a line, and answers each
/// with one line, `done` and the result or `error` and why. Ends with its input.
public final class GeneratorMain {
  /// What an answer with a result begins with.
  public static final String DONE = "done ";

  /// What an answer that tells a failure begins with.
  public static final String ERROR = "error ";

  private final Requests requests;
  private final Map<Integer, LoadRun> runs = new HashMap<>();

  private GeneratorMain(Requests requests) {
    this.requests = requests;
  }

  /// Runs until its input ends.
  ///
  /// @param args the file of requests
  public static void main(String[] args) throws IOException {
    GeneratorMain generator = new GeneratorMain(Requests.read(Path.of(args[0])));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(generator.answer(line));
      System.out.flush();
    }
  }

  private String answer(String line) {
    try {
      return DONE + run(LoadOrder.ofLine(line)).toLine();
    } catch (IOException | RuntimeException e) {
      return ERROR + String.valueOf(e).replace('\n', ' ');
    }
  }

  private LoadResult run(LoadOrder order) throws IOException {
    LoadRun run = runs.get(order.port());
    if (run == null) {
      InetSocketAddress server =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), order.port());
      run = LoadRun.at(server, requests);
      runs.put(order.port(), run);
    }
    return run.run(order);
  }
}

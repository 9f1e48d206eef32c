package io.aftersend.bench.load;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The two processors of a measurement: one for the server, one for everything else.
///
/// @param server number of the processor that the measured server is bound to
/// @param load number of the processor of the load generator, and of the broker when there is one
record Cores(int server, int load) {

  /// The first two processors that this process may use and that are no threads of one core.
  ///
  /// @throws StartupException when there are none
  static Cores choose() {
    List<Integer> allowed = parse(allowedList());
    for (int i = 0; i < allowed.size(); i++) {
      for (int j = i + 1; j < allowed.size(); j++) {
        if (!core(allowed.get(i)).equals(core(allowed.get(j)))) {
          return new Cores(allowed.get(i), allowed.get(j));
        }
      }
    }
    throw new StartupException(
        "two processor cores are needed, one for the server and one for the load; allowed here: "
            + allowedList());
  }

  /// Reads a list as the kernel writes it, such as `0-3,8`.
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.strip().split(",", -1)) {
      String[] ends = range.split("-", -1);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  private static String allowedList() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseThrow(() -> new StartupException("expected Cpus_allowed_list in /proc/self/status"));
    } catch (IOException e) {
      throw new StartupException("edge-load needs Linux, with /proc: " + e, e);
    }
  }

  /// What threads of one core have in common. Where the kernel does not tell, each is its own.
  private static String core(int processor) {
    Path topology = Path.of("/sys/devices/system/cpu/cpu" + processor, "topology");
    try {
      return Files.readString(topology.resolve("physical_package_id")).strip()
          + '/'
          + Files.readString(topology.resolve("core_id")).strip();
    } catch (IOException e) {
      return "processor " + processor;
    }
  }
}

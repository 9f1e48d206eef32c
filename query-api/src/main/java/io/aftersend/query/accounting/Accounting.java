package io.aftersend.query.accounting;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Answer;
import io.aftersend.query.http.Call;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Route;
import io.aftersend.query.http.RowsPage;
import io.aftersend.query.http.TablePage;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Tenants;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `GET /api/v1/accounting`: what became of every event that the edges took in, over all tenants.
/// Where there are several, that is for their operator alone.
public final class Accounting implements Route.Operation {
  /// Changes with the meaning of a cursor: the last lane of its page.
  private static final String CURSOR_VERSION = "1:";

  private static final List<String> COLUMNS =
      List.of(
          "journal",
          "lane",
          "edge",
          "edge_time",
          "processor_time",
          "highest",
          "acknowledged",
          "waiting",
          "dropped_by_edge",
          "stored",
          "repeats",
          "dropped_by_processor",
          "missing_at_edge",
          "missing",
          "stored_rows");

  private final AccountingReadModel accounting;
  private final Supplier<Tenants> tenants;
  private final int maxCsvRows;

  /// @param tenants asked for every request
  /// @param maxCsvRows the most rows of one table given as CSV
  public Accounting(AccountingReadModel accounting, Supplier<Tenants> tenants, int maxCsvRows) {
    this.accounting = accounting;
    this.tenants = tenants;
    this.maxCsvRows = maxCsvRows;
  }

  @Override
  public Answer answer(Call call) {
    if (!tenants.get().mayReadSums(Set.of())) {
      call.requireScope(Scope.OPERATE, "what is summed over several tenants");
    }
    QueryParameters parameters =
        QueryParameters.of(call.request(), List.of("rows", "limit", "cursor"));
    TablePage page = TablePage.of(call.request(), parameters, maxCsvRows);
    String rows = parameters.oneOf("rows", List.of("told", "counted"), "told");
    String after = parameters.cursor(cursor -> OpaqueCursor.place(CURSOR_VERSION, cursor), "");
    parameters.throwIfWrong();
    List<LaneBalance> all =
        rows.equals("counted") ? accounting.lanes() : accounting.lanesWithoutRows();
    List<LaneBalance> sorted =
        all.stream().sorted(Comparator.comparing(Accounting::place)).toList();
    RowsPage<LaneBalance> lanes =
        RowsPage.cut(page, sorted, Accounting::place, after, CURSOR_VERSION);
    Answer answer =
        page.isCsv()
            ? Answer.csv(csv(lanes.rows()), "accounting.csv")
            : Answer.json(json(all, lanes.rows()).put("next_cursor", lanes.next()));
    return lanes.linked(answer, "/api/v1/accounting?rows=" + rows + "&", page.limit());
  }

  private static String place(LaneBalance lane) {
    return "%s %010d".formatted(lane.journal(), lane.lane());
  }

  private static ObjectNode json(List<LaneBalance> all, List<LaneBalance> lanes) {
    LaneTotals totals = LaneTotals.of(all);
    long processed = totals.stored() + totals.repeats() + LaneTotals.sum(totals.processorDrops());
    ObjectNode body =
        Json.object()
            .put("balanced", all.stream().allMatch(LaneBalance::isBalanced))
            .put("accepted", totals.highest())
            .put("journaled", totals.highest())
            .put("published", totals.acknowledged())
            .put("processed", processed)
            .put("stored", totals.stored());
    body.set("totals", AccountingJson.totals(totals));
    ArrayNode rows = body.putArray("lanes");
    lanes.forEach(lane -> rows.add(AccountingJson.lane(lane)));
    return body;
  }

  private static String csv(List<LaneBalance> lanes) {
    Csv csv = new Csv(COLUMNS);
    for (LaneBalance lane : lanes) {
      csv.id(lane.journal())
          .number(lane.lane())
          .id(lane.edge().id())
          .id(text(lane.edge().time()))
          .id(text(lane.processor().time()))
          .number(lane.edge().highest())
          .number(lane.edge().acknowledged())
          .number(lane.edge().waiting())
          .number(LaneTotals.sum(lane.edge().dropped()))
          .number(lane.processor().stored())
          .number(lane.processor().repeats())
          .number(LaneTotals.sum(lane.processor().dropped()))
          .number(lane.missingAtEdge())
          .number(lane.missing())
          .id(lane.storedRows() == null ? null : lane.storedRows().toString())
          .endRow();
    }
    return csv.toString();
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }
}

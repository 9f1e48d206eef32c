package io.aftersend.query.live;

import io.aftersend.schemas.event.JudgedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The readers of the live feed, so kept that an event is offered to those only that may want it: a
/// thousand readers of a thousand campaigns cost an event a few lookups. For one thread at a time.
final class Followers {
  private static final int[] ID_FIELDS = IdMatch.positions();

  private final Map<String, OfTenant> byTenant = new HashMap<>();

  /// The readers of one tenant.
  private static final class OfTenant {
    /// Those whose filter names no id.
    private final List<LiveReader> ofAll = new ArrayList<>();

    /// The others, by the first id that their filter names.
    private final Map<IdMatch, List<LiveReader>> byId = new HashMap<>();

    private boolean isEmpty() {
      return ofAll.isEmpty() && byId.isEmpty();
    }
  }

  void add(LiveReader reader) {
    OfTenant ofTenant = byTenant.computeIfAbsent(reader.tenant(), any -> new OfTenant());
    IdMatch id = reader.firstId();
    if (id == null) {
      ofTenant.ofAll.add(reader);
    } else {
      ofTenant.byId.computeIfAbsent(id, any -> new ArrayList<>()).add(reader);
    }
  }

  /// Removes a reader; nothing where it is not there.
  void remove(LiveReader reader) {
    byTenant.computeIfPresent(
        reader.tenant(),
        (tenant, ofTenant) -> {
          IdMatch id = reader.firstId();
          if (id == null) {
            ofTenant.ofAll.remove(reader);
          } else {
            ofTenant.byId.computeIfPresent(id, (any, readers) -> without(readers, reader));
          }
          return ofTenant.isEmpty() ? null : ofTenant;
        });
  }

  private static @Nullable List<LiveReader> without(List<LiveReader> readers, LiveReader reader) {
    readers.remove(reader);
    return readers.isEmpty() ? null : readers;
  }

  boolean isEmpty() {
    return byTenant.isEmpty();
  }

  void clear() {
    byTenant.clear();
  }

  /// Every reader.
  void forEach(Consumer<LiveReader> action) {
    for (OfTenant ofTenant : byTenant.values()) {
      ofTenant.ofAll.forEach(action);
      ofTenant.byId.values().forEach(readers -> readers.forEach(action));
    }
  }

  /// Offers an event to all that may want it.
  void offer(LiveEvent event) {
    JudgedEvent judged = event.event();
    OfTenant ofTenant = byTenant.get(judged.getTenant());
    if (ofTenant == null) {
      return;
    }
    offer(ofTenant.ofAll, event);
    if (ofTenant.byId.isEmpty()) {
      return;
    }
    for (int field : ID_FIELDS) {
      if (judged.get(field) instanceof String id) {
        List<LiveReader> readers = ofTenant.byId.get(new IdMatch(field, id));
        if (readers != null) {
          offer(readers, event);
        }
      }
    }
  }

  private static void offer(List<LiveReader> readers, LiveEvent event) {
    for (LiveReader reader : readers) {
      reader.offer(event);
    }
  }
}

package holt.api.controls.log;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** How far the follower has read, for those who wait until it has read their record. */
final class ReadUpTo {
    private final NavigableMap<Long, CompletableFuture<Void>> waiting = new TreeMap<>();
    private long next;

    synchronized void read(long offset) {
        next = offset + 1;
        NavigableMap<Long, CompletableFuture<Void>> done = waiting.headMap(offset, true);
        done.values().forEach(each -> each.complete(null));
        done.clear();
    }

    synchronized CompletableFuture<Void> whenRead(long offset) {
        return offset < next
                ? CompletableFuture.completedFuture(null)
                : waiting.computeIfAbsent(offset, _ -> new CompletableFuture<>());
    }
}

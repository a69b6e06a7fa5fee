package holt.api.edge;

import holt.api.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** A timer and a clock that stand still until a test moves them. */
public final class ManualTimer implements Timer, InstantSource {
    private final List<Entry> entries = new ArrayList<>();
    private Instant now;

    private record Entry(Instant at, Runnable action, CompletableFuture<Void> done) {}

    public ManualTimer(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Future<?> after(Duration delay, Runnable action) {
        var entry = new Entry(now.plus(delay), action, new CompletableFuture<>());
        entries.add(entry);
        return entry.done;
    }

    @Override
    public void every(Duration pause, Runnable action) {
        after(
                pause,
                () -> {
                    try {
                        action.run();
                    } finally {
                        every(pause, action);
                    }
                });
    }

    /** Runs on the calling thread what becomes due until then, in order. */
    public void advance(Duration time) {
        Instant end = instant().plus(time);
        for (Entry due = next(end); due != null; due = next(end)) {
            run(due);
        }
        synchronized (this) {
            now = end;
        }
    }

    /** How many actions wait for their time. */
    public synchronized int pending() {
        return entries.size();
    }

    private static void run(Entry due) {
        if (due.done.isDone()) {
            return;
        }
        try {
            due.action.run();
        } catch (RuntimeException e) {
            // Like the real one, it goes on.
        }
        due.done.complete(null);
    }

    private synchronized Entry next(Instant end) {
        Entry next =
                entries.stream()
                        .filter(entry -> !entry.at.isAfter(end))
                        .min(Comparator.comparing(Entry::at))
                        .orElse(null);
        if (next != null) {
            entries.remove(next);
            now = next.at.isAfter(now) ? next.at : now;
        }
        return next;
    }
}

package holt.api.queue.history;

import holt.api.models.LiveWorkers;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.Retention;
import holt.kafka.TopicExtent;
import holt.protocol.ClaimId;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Folds a log that never changes into a history on disk, from where it stands. To be killed. */
final class FoldMain {
    static final TopicExtent LOG =
            new TopicExtent("topic", Map.of(0, 0L), Map.of(0, Long.MAX_VALUE));
    static final String FOLDING = "folding";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final ModelName MODEL = new ModelName("m");
    private static final InstanceId INSTANCE = new InstanceId("i");

    /** So many other jobs begin while one runs. */
    private static final int OPEN = 300;

    private static final int COMMIT_EVERY = 400;

    private FoldMain() {}

    public static void main(String[] args) {
        try (JobStore store = new OpenHistory(LOG, null).in(Path.of(args[0]))) {
            System.out.println(FOLDING);
            fold(store, Integer.parseInt(args[1]));
        }
    }

    static void fold(JobStore store, int events) {
        var index =
                new JobIndex(
                        () -> START,
                        new LiveWorkers(() -> START, DAY),
                        new Retention(DAY, DAY),
                        DAY,
                        store);
        for (int i = store.offsets().getOrDefault(0, 0L).intValue(); i < events; i++) {
            index.apply(event(i), new EventPlace(0, i), START.plusMillis(i / 10));
            if (i % COMMIT_EVERY == 0) {
                index.commit();
            }
        }
        index.commit();
    }

    private static JobEvent event(int i) {
        int newest = i / 3;
        return switch (i % 3) {
            case 0 ->
                    new JobEvent.Accepted(
                            job(newest), MODEL, Lane.NORMAL, INSTANCE, START.plus(DAY));
            case 1 ->
                    new JobEvent.Started(
                            job(Math.max(0, newest - OPEN / 2)),
                            MODEL,
                            Lane.NORMAL,
                            new ClaimId("c"),
                            new WorkerId("w"),
                            1,
                            0,
                            i);
            default ->
                    new JobEvent.Finished(
                            job(Math.max(0, newest - OPEN)),
                            MODEL,
                            Lane.NORMAL,
                            new ClaimId("c"),
                            new Outcome.Cancelled());
        };
    }

    /** Ids in no order, as Holt's are. */
    static JobId job(int number) {
        return new JobId("%08x%08x".formatted(number * 0x9E3779B1, number));
    }
}

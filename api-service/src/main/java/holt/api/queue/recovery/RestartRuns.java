package holt.api.queue.recovery;

import holt.api.queue.index.JobIndex;
import holt.api.queue.index.RunningJob;
import holt.api.queue.publish.SettleCrash;
import holt.protocol.ClaimId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the runs of dead workers again: reads the job's record where its {@code Started} says, and publishes the next run. */
public final class RestartRuns {
    private static final Logger LOG = LoggerFactory.getLogger(RestartRuns.class);

    private final JobIndex index;
    private final WatchWorkers workers;
    private final ReadJob read;
    private final SettleCrash settle;
    private final InstantSource clock;

    /** The claims whose next run has been published, until the log shows it. */
    private final Set<ClaimId> restarted = ConcurrentHashMap.newKeySet();

    /** When to read a queue again that could not be read. */
    private final Map<ModelName, Instant> readAgain = new HashMap<>();

    /** Reading a queue that is away blocks. Meanwhile the other queues have their turn. */
    private static final Duration READ_AGAIN = Duration.ofSeconds(5);

    /** Reads the record of a job. May block. */
    @FunctionalInterface
    public interface ReadJob {
        /** Null if the broker does not give the record now, or no longer has it. */
        @Nullable Job at(JobEvent.Started started);
    }

    /** @param clock the broker's */
    public RestartRuns(
            JobIndex index,
            WatchWorkers workers,
            ReadJob read,
            SettleCrash settle,
            InstantSource clock) {
        this.index = index;
        this.workers = workers;
        this.read = read;
        this.settle = settle;
        this.clock = clock;
    }

    /** @param owns whether this instance still owns the work */
    public void run(BooleanSupplier owns) {
        List<RunningJob> running = index.running();
        restarted.retainAll(
                running.stream()
                        .map(run -> run.started().claim())
                        .collect(Collectors.toCollection(HashSet::new)));
        for (RunningJob run : running) {
            // After the deadline nobody waits for it. It ends as a stray.
            if (!restarted.contains(run.started().claim())
                    && !clock.instant()
                            .isBefore(readAgain.getOrDefault(run.job().model(), Instant.MIN))
                    && run.job().deadline().isAfter(clock.instant())
                    && workers.isLost(run)
                    && owns.getAsBoolean()) {
                restart(run);
            }
        }
    }

    private void restart(RunningJob run) {
        JobEvent.Started started = run.started();
        Job job = read.at(started);
        if (job == null) {
            readAgain.put(started.model(), clock.instant().plus(READ_AGAIN));
            return;
        }
        if (!job.id().equals(started.job()) || job.attempt() != started.run()) {
            LOG.atWarn()
                    .addKeyValue("jobId", started.job().value())
                    .log(
                            "a dead worker's job is not where its start says; it does not run again, and expires");
            restarted.add(started.claim());
            return;
        }
        if (!job.deadline().isAfter(clock.instant())) {
            restarted.add(started.claim());
            return;
        }
        restarted.add(started.claim());
        var _ =
                settle.settle(job, started.claim())
                        .exceptionally(failure -> {
                            restarted.remove(started.claim());
                            LOG.atWarn()
                                    .addKeyValue("jobId", started.job().value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "the next run of a dead worker's job was not confirmed; the next try follows");
                            return null;
                        });
    }
}

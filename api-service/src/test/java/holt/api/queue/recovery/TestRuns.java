package holt.api.queue.recovery;

import holt.api.queue.index.JobAddress;
import holt.api.queue.index.RunningJob;
import holt.protocol.ChatMessage;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.Task;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A job, its run on a worker, and heartbeats. */
final class TestRuns {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration DEAD_AFTER = Duration.ofSeconds(3);
    static final InstanceId SELF = new InstanceId("self");
    static final WorkerId WORKER = new WorkerId("w");
    static final ModelName MODEL = new ModelName("m");

    private TestRuns() {}

    /** @param crashes before this run */
    static Job job(int crashes) {
        Job job =
                new Job(
                        new JobId("j"),
                        MODEL,
                        Lane.NORMAL,
                        1,
                        NOW,
                        NOW.plusSeconds(170),
                        new ReplyAddress(0, "epoch"),
                        List.of(),
                        null,
                        new Payload.Inline(
                                new Task.Chat(
                                        List.of(new ChatMessage("user", "Hi")),
                                        new Task.Sampling(0, 1, null),
                                        null,
                                        List.of(),
                                        false)));
        for (int i = 0; i < crashes; i++) {
            job = job.nextAttempt(new Job.EarlierRun(null, NOW, Failure.WORKER_FAILED));
        }
        return job;
    }

    static JobEvent.Accepted accepted(Job job) {
        return new JobEvent.Accepted(job.id(), MODEL, job.lane(), SELF, job.deadline());
    }

    static JobEvent.Started started(Job job, String claim) {
        return new JobEvent.Started(
                job.id(), MODEL, job.lane(), new ClaimId(claim), WORKER, job.attempt(), 0, 17);
    }

    static RunningJob run(String claim) {
        return new RunningJob(JobAddress.of(job(0)), started(job(0), claim), NOW);
    }

    static Heartbeat own() {
        return new Heartbeat.OfApi(SELF);
    }

    static Heartbeat worker(String... claims) {
        var model = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOW, 64, 8);
        return new Heartbeat.OfWorker(
                WORKER,
                Heartbeat.WorkerState.SERVING,
                List.of(
                        new Heartbeat.Serving(
                                model,
                                8,
                                claims.length,
                                null,
                                Stream.of(claims).map(ClaimId::new).toList())));
    }
}

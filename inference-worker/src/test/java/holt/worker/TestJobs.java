package holt.worker;

import holt.protocol.ChatMessage;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.PictureFormat;
import holt.protocol.ReplyAddress;
import holt.protocol.ResponseFormat;
import holt.protocol.Task;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.KeepPayload;
import holt.worker.report.ClaimedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Jobs for tests. Each method says what is special about its job. */
public final class TestJobs {
    /** The time at which the jobs are created. */
    public static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    public static final Duration LIFE = Duration.ofMinutes(2);
    public static final ModelName MODEL = new ModelName("m");
    public static final ReplyAddress CLIENT = new ReplyAddress(7, "epoch");
    public static final Task.Chat CHAT = chat(false);
    public static final KnownModel CHAT_MODEL =
            new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOW, 64, 8);
    public static final KnownModel IMAGE_MODEL =
            KnownModel.ofImages(MODEL, "", NOW, new KnownModel.ImageLimits(64, 8, 128 * 128));
    public static final Task.Images IMAGES =
            new Task.Images(
                    "a hat",
                    "",
                    null,
                    null,
                    1,
                    null,
                    null,
                    null,
                    null,
                    PictureFormat.PNG,
                    ResponseFormat.URL);

    /** For dead letters of jobs that have nothing in the object store. */
    public static final KeepPayload NO_OBJECTS =
            new KeepPayload(new ClaimCheck(new InMemoryObjectStore(), () -> NOW));

    private TestJobs() {}

    public static Task.Chat chat(boolean stream) {
        return new Task.Chat(
                List.of(new ChatMessage("user", "Hi")),
                new Task.Sampling(0, 1, null),
                null,
                List.of(),
                stream);
    }

    public static Job job() {
        return job(CHAT);
    }

    public static Job job(Task task) {
        return job(LIFE, new Payload.Inline(task));
    }

    /** @param left time from {@link #NOW} to the deadline */
    public static Job job(Duration left, Payload payload) {
        return job("j", left, payload);
    }

    public static Job job(String id, Duration left, Payload payload) {
        return new Job(
                new JobId(id),
                MODEL,
                Lane.NORMAL,
                1,
                NOW,
                NOW.plus(left),
                CLIENT,
                List.of(),
                null,
                payload);
    }

    /** A job after some attempts that failed on live workers. */
    public static Job attempt(int attempt) {
        Job job = job();
        for (int run = 1; run < attempt; run++) {
            job =
                    job.nextAttempt(
                            new Job.EarlierRun(
                                    new WorkerId("earlier"), NOW, Failure.WORKER_FAILED));
        }
        return job;
    }

    public static ClaimedJob claimed(Job job) {
        return new ClaimedJob(job, new ClaimId("claim"), 3, 17);
    }
}

package holt.store;

import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.Payload;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.UnreadableRecordException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies what a dead letter's job has in the object store. The copies live as long as the dead letter, the originals for about a day. */
public final class KeepPayload {
    /** The beginning of every copy's key, before the day. */
    public static final String PREFIX = "dead/";

    /** How long dead letters live, and so how long the copies must. */
    public static final Duration LIFE = Duration.ofDays(14);

    private static final Logger LOG = LoggerFactory.getLogger(KeepPayload.class);

    /** A dead letter waits this long for a store that is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ClaimCheck claims;

    public KeepPayload(ClaimCheck claims) {
        this.claims = claims;
    }

    /** @return the job that names the copies; the same job if it has nothing in the store, or the store is away */
    public CompletableFuture<Job> of(Job job) {
        if (!hasObjects(job.payload())) {
            return CompletableFuture.completedFuture(job);
        }
        return CompletableFuture.supplyAsync(
                        () -> job.withPayload(copy(job.payload())), Thread::startVirtualThread)
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyAsync(
                        failure -> {
                            LOG.atWarn()
                                    .addKeyValue("jobId", job.id().value())
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "a dead letter's request was not copied; the store deletes it in about a day");
                            return job;
                        },
                        Thread::startVirtualThread);
    }

    private static boolean hasObjects(Payload payload) {
        return switch (payload) {
            case Payload.Stored _ -> true;
            case Payload.Inline(Task task) -> task.hasObjects();
        };
    }

    private Payload copy(Payload payload) {
        return switch (payload) {
            case Payload.Inline(Task task) -> new Payload.Inline(task.withObjects(this::copy));
            case Payload.Stored(StoredObject object) -> {
                byte[] task = claims.get(object);
                yield new Payload.Stored(
                        claims.put(PREFIX, Codec.encode(decode(task).withObjects(this::copy))));
            }
        };
    }

    private StoredObject copy(StoredObject object) {
        return claims.put(PREFIX, claims.get(object));
    }

    private static Task decode(byte[] task) {
        try {
            return Codec.decode(task, Task.class);
        } catch (UnreadableRecordException e) {
            throw new IllegalStateException(e);
        }
    }
}

package holt.api.queue.usage;

import holt.protocol.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * How much was used. Each number only grows, so of two counts of the same jobs the larger one is right.
 *
 * @param jobs that ended
 * @param failed of these, those without a result
 * @param cachedTokens of the prompts' tokens, those that were in the KV cache
 * @param runMillis of the runs that ended the jobs
 */
public record UsageCounts(
        long jobs,
        long failed,
        long promptTokens,
        long cachedTokens,
        long completionTokens,
        long images,
        long runMillis) {

    /**
     * Of one job.
     *
     * @param run the time of its last run
     */
    public static UsageCounts of(Outcome outcome, Duration run) {
        Outcome.Usage tokens = outcome.tokens();
        return new UsageCounts(
                1,
                outcome instanceof Outcome.Failed || outcome instanceof Outcome.Cancelled ? 1 : 0,
                tokens == null ? 0 : tokens.promptTokens(),
                tokens == null ? 0 : tokens.cached(),
                tokens == null ? 0 : tokens.completionTokens(),
                outcome instanceof Outcome.ImagesCompleted images ? images.pictures().size() : 0,
                run.toMillis());
    }

    UsageCounts plus(UsageCounts other) {
        return new UsageCounts(
                jobs + other.jobs,
                failed + other.failed,
                promptTokens + other.promptTokens,
                cachedTokens + other.cachedTokens,
                completionTokens + other.completionTokens,
                images + other.images,
                runMillis + other.runMillis);
    }

    /** The larger of each number. */
    UsageCounts most(UsageCounts other) {
        return new UsageCounts(
                Math.max(jobs, other.jobs),
                Math.max(failed, other.failed),
                Math.max(promptTokens, other.promptTokens),
                Math.max(cachedTokens, other.cachedTokens),
                Math.max(completionTokens, other.completionTokens),
                Math.max(images, other.images),
                Math.max(runMillis, other.runMillis));
    }

    byte[] encode() {
        return ByteBuffer.allocate(7 * Long.BYTES)
                .putLong(jobs)
                .putLong(failed)
                .putLong(promptTokens)
                .putLong(cachedTokens)
                .putLong(completionTokens)
                .putLong(images)
                .putLong(runMillis)
                .array();
    }

    static UsageCounts decode(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        return new UsageCounts(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong());
    }
}

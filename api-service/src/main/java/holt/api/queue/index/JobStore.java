package holt.api.queue.index;

import holt.protocol.JobId;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All jobs of the log, with the offsets up to which it has been folded. It is a cache of the log: whoever loses it folds the log again.
 *
 * <p>One thread commits, any thread reads. Every method throws {@link StoreBrokenError} if the store fails.
 */
public interface JobStore extends AutoCloseable {
    /** The offsets of the next events to fold, by partition. Empty for a new store. */
    Map<Integer, Long> offsets();

    /** The notes of all batches, the newest by name. */
    Map<String, byte[]> notes();

    /** Null if the store has no such job. */
    @Nullable StoredJob get(JobId id);

    /** Gives out all jobs that have not ended. */
    void live(Consumer<StoredJob> reader);

    /** Writes all of the batch or nothing of it, and drops some of the jobs that may be forgotten. A killed process keeps it. */
    void commit(JobBatch batch);

    /**
     * The newest jobs that pass.
     *
     * @param after begins behind this place; null for the newest
     * @param most jobs in the page
     */
    JobPage list(JobFilter filter, @Nullable ListPlace after, int most);

    @Override
    void close();
}

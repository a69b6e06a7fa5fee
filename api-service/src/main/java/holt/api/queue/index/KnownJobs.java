package holt.api.queue.index;

import holt.protocol.JobId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of the log: those that have not ended and those that have just changed in memory, all others in the store alone. Not thread-safe
 * but for {@link #stored}: the index guards it with its lock.
 */
final class KnownJobs {
    private final JobStore store;
    private final JobCodec codec;
    private final Map<JobId, KnownJob> open = new HashMap<>();

    /** Since the last commit began. */
    private Map<JobId, KnownJob> changed = new LinkedHashMap<>();

    /** By the commit that is under way. */
    private Map<JobId, KnownJob> committing = Map.of();

    KnownJobs(JobStore store, JobCodec codec) {
        this.store = store;
        this.codec = codec;
        store.live(job -> {
            KnownJob known = codec.decode(job);
            open.put(known.id, known);
        });
    }

    /** Null if the store alone can know the job. */
    @Nullable KnownJob inMemory(JobId id) {
        KnownJob job = open.get(id);
        if (job == null) {
            job = changed.get(id);
        }
        return job == null ? committing.get(id) : job;
    }

    /** The job as the store has it, a copy for the caller. Any thread may ask, after {@link #inMemory} has given null. */
    @Nullable KnownJob stored(JobId id) {
        StoredJob job = store.get(id);
        return job == null ? null : codec.decode(job);
    }

    Collection<KnownJob> open() {
        return open.values();
    }

    int changes() {
        return changed.size();
    }

    /** Takes the job's new state. */
    void change(KnownJob job) {
        if (job.status.isEnd()) {
            open.remove(job.id);
        } else {
            open.put(job.id, job);
        }
        changed.put(job.id, job);
    }

    /** Begins a commit with all that has changed. */
    List<JobBatch.Put> begin() {
        committing = changed;
        changed = new LinkedHashMap<>();
        return committing.values().stream().map(this::put).toList();
    }

    /** Ends the commit. */
    void committed() {
        committing = Map.of();
    }

    private JobBatch.Put put(KnownJob job) {
        StoredJob now = codec.encode(job);
        JobHead replaced = job.stored;
        job.stored = now.head();
        return new JobBatch.Put(now, replaced);
    }
}

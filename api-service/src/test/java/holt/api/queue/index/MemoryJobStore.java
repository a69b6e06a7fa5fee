package holt.api.queue.index;

import holt.protocol.JobId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Jobs in memory: each filter looks at all of them. */
public final class MemoryJobStore implements JobStore {
    private static final Comparator<JobHead> NEWEST_FIRST =
            Comparator.comparing(JobHead::created)
                    .reversed()
                    .thenComparing(
                            job ->
                                    job.id()
                                            .value()
                                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                            Arrays::compareUnsigned);

    private final Map<Integer, Long> offsets = new ConcurrentHashMap<>();
    private final Map<String, byte[]> notes = new ConcurrentHashMap<>();
    private final Map<JobId, StoredJob> jobs = new ConcurrentHashMap<>();

    @Override
    public Map<Integer, Long> offsets() {
        return Map.copyOf(offsets);
    }

    @Override
    public Map<String, byte[]> notes() {
        return new HashMap<>(notes);
    }

    @Override
    public @Nullable StoredJob get(JobId id) {
        return jobs.get(id);
    }

    @Override
    public void live(Consumer<StoredJob> reader) {
        jobs.values().stream().filter(job -> job.head().forget() == null).forEach(reader);
    }

    @Override
    public void commit(JobBatch batch) {
        jobs.values()
                .removeIf(job ->
                        job.head().forget() != null
                                && job.head().forget().isBefore(batch.forgetBefore()));
        batch.jobs().forEach(put -> jobs.put(put.job().head().id(), put.job()));
        offsets.putAll(batch.offsets());
        notes.putAll(batch.notes());
        notes.values().removeIf(note -> note.length == 0);
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable ListPlace after, int most) {
        List<JobHead> all =
                jobs.values().stream()
                        .map(StoredJob::head)
                        .filter(job -> passes(job, filter))
                        .filter(job -> after == null || isBehind(job, after))
                        .sorted(NEWEST_FIRST)
                        .limit(most + 1L)
                        .toList();
        return all.size() <= most
                ? new JobPage(all, null)
                : new JobPage(all.subList(0, most), all.get(most - 1).place());
    }

    @Override
    public void close() {}

    private static boolean isBehind(JobHead job, ListPlace place) {
        var there =
                new JobHead(
                        place.id(), place.created(), job.model(), null, job.status(), null, null);
        return NEWEST_FIRST.compare(job, there) > 0;
    }

    private static boolean passes(JobHead job, JobFilter filter) {
        return (filter.caller() == null || filter.caller().equals(job.caller()))
                && (filter.model() == null || filter.model().equals(job.model()))
                && (filter.status() == null || filter.status() == job.status())
                && (filter.reason() == null || Objects.equals(filter.reason(), job.reason()))
                && (filter.from() == null || !job.created().isBefore(filter.from()))
                && (filter.until() == null || job.created().isBefore(filter.until()));
    }
}

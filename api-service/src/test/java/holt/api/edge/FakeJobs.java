package holt.api.edge;

import holt.api.RequestRejectedException;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobResult;
import holt.api.queue.index.JobState;
import holt.api.queue.index.ListPlace;
import holt.protocol.Asked;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs that a test puts there. */
public final class FakeJobs implements TrackJobs {
    public final Queue<JobId> cancelled = new ConcurrentLinkedQueue<>();
    private final Map<JobId, JobState> states = new ConcurrentHashMap<>();
    private final Map<JobId, JobResult> results = new ConcurrentHashMap<>();

    public void put(JobState state, @Nullable Outcome outcome) {
        put(state, outcome, null);
    }

    /** @param asked how its client asked; null if nothing is unusual */
    public void put(JobState state, @Nullable Outcome outcome, @Nullable Asked asked) {
        if (outcome != null) {
            results.put(state.id(), new JobResult(outcome, asked));
        }
        states.put(state.id(), state);
    }

    @Override
    public @Nullable JobState find(JobId job) {
        return states.get(job);
    }

    @Override
    public JobResult result(JobId job) {
        JobResult result = results.get(job);
        if (result == null) {
            throw unknown();
        }
        return result;
    }

    @Override
    public void cancel(JobId job) {
        JobState state = states.get(job);
        if (state == null) {
            throw unknown();
        }
        if (state.status().isEnd()) {
            throw new RequestRejectedException(
                    Failure.JOB_FINISHED, "the job is completed already");
        }
        cancelled.add(job);
    }

    @Override
    public Set<JobId> open(JobFilter filter) {
        return states.values().stream()
                .filter(job -> !job.status().isEnd())
                .filter(job ->
                        filter.passes(job.caller(), job.model(), job.status(), job.created()))
                .map(JobState::id)
                .collect(Collectors.toSet());
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable ListPlace after, int most) {
        List<JobHead> passing =
                states.values().stream()
                        .filter(job ->
                                filter.caller() == null || filter.caller().equals(job.caller()))
                        .filter(job -> filter.model() == null || filter.model().equals(job.model()))
                        .filter(job -> filter.status() == null || filter.status() == job.status())
                        .sorted(
                                Comparator.comparing(JobState::created)
                                        .thenComparing(job -> job.id().value())
                                        .reversed())
                        .map(FakeJobs::head)
                        .toList();
        int begin =
                after == null
                        ? 0
                        : passing.stream().map(JobHead::id).toList().indexOf(after.id()) + 1;
        List<JobHead> page = passing.subList(begin, Math.min(begin + most, passing.size()));
        boolean more = begin + most < passing.size();
        return new JobPage(
                page, more ? new ListPlace(page.getLast().created(), page.getLast().id()) : null);
    }

    private static JobHead head(JobState job) {
        return new JobHead(
                job.id(),
                job.created(),
                job.model(),
                job.caller(),
                job.status(),
                job.reason(),
                null);
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(Failure.JOB_NOT_FOUND, "no such job");
    }
}

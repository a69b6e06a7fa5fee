package holt.api.edge;

import holt.api.RequestRejectedException;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobState;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The jobs that a test puts there. */
public final class FakeJobs implements TrackJobs {
    public final Queue<JobId> cancelled = new ConcurrentLinkedQueue<>();
    private final Map<JobId, JobState> states = new ConcurrentHashMap<>();
    private final Map<JobId, Outcome> outcomes = new ConcurrentHashMap<>();

    public void put(JobState state, @Nullable Outcome outcome) {
        states.put(state.id(), state);
        if (outcome != null) {
            outcomes.put(state.id(), outcome);
        }
    }

    @Override
    public @Nullable JobState find(JobId job) {
        return states.get(job);
    }

    @Override
    public Outcome outcome(JobId job) {
        Outcome outcome = outcomes.get(job);
        if (outcome == null) {
            throw unknown();
        }
        return outcome;
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

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(Failure.JOB_NOT_FOUND, "no such job");
    }
}

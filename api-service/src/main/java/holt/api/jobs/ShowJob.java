package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.http.ErrorBody;
import holt.api.keys.Caller;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobState;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Renders a job by its id, with its result if it has one. */
@Component
final class ShowJob {
    private final TrackJobs jobs;
    private final List<RenderOutcome> features;

    ShowJob(TrackJobs jobs, List<RenderOutcome> features) {
        this.jobs = jobs;
        this.features = List.copyOf(features);
    }

    /**
     * The job as it is now. May wait for the broker and the store.
     *
     * @param caller who asks. Of other callers' jobs it learns nothing
     * @param base where the client reaches this service
     * @throws RequestRejectedException {@code JOB_NOT_FOUND}
     */
    JobBody show(JobId id, Caller caller, String base) {
        JobState job = jobs.find(id);
        if (job == null || !caller.owns(job.caller())) {
            throw unknown();
        }
        if (!job.status().isEnd()) {
            return JobBody.of(job, null, null);
        }
        Outcome outcome = jobs.outcome(id);
        Object result = result(new EndedJob(job.id(), job.model(), job.created(), outcome), base);
        return result != null
                ? JobBody.of(job, result, null)
                : JobBody.of(job, null, ErrorBody.of(Failures.of(outcome)));
    }

    /** A job that has just been accepted. The index may not know it yet. */
    JobBody accepted(JobState job, Caller caller, String base) {
        return jobs.find(job.id()) != null
                ? show(job.id(), caller, base)
                : JobBody.of(job, null, null);
    }

    static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.JOB_NOT_FOUND, "no such job exists, or it ended too long ago");
    }

    /** The body that a waiting client gets; null if the outcome is a failure. */
    @Nullable Object result(EndedJob job, String base) {
        return features.stream()
                .map(feature -> feature.body(job, base))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}

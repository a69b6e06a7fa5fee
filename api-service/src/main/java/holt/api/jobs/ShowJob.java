package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.controls.Control;
import holt.api.controls.PausedModels;
import holt.api.http.ErrorBody;
import holt.api.keys.Caller;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobResult;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
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
    private final PausedModels paused;
    private final List<RenderOutcome> features;

    ShowJob(TrackJobs jobs, PausedModels paused, List<RenderOutcome> features) {
        this.jobs = jobs;
        this.paused = paused;
        this.features = List.copyOf(features);
    }

    /**
     * The job as it is now.
     *
     * @param caller who asks. Of other callers' jobs it learns nothing
     * @throws RequestRejectedException {@code JOB_NOT_FOUND}
     */
    JobState find(JobId id, Caller caller) {
        JobState job = jobs.find(id);
        if (job == null || !caller.owns(job.caller())) {
            throw unknown();
        }
        return job;
    }

    /**
     * The same in JSON, with its result. May wait for the broker and the store.
     *
     * @param base where the client reaches this service
     */
    JobBody body(JobState job, String base) {
        if (!job.status().isEnd()) {
            return open(job);
        }
        JobResult ended = jobs.result(job.id());
        Outcome outcome = ended.outcome();
        Object result =
                result(
                        new EndedJob(job.id(), job.model(), job.created(), outcome, ended.asked()),
                        base);
        return result != null
                ? JobBody.of(job, result, null, null)
                : JobBody.of(job, null, error(Failures.of(outcome)), null);
    }

    /**
     * A job that has just been accepted.
     *
     * @param begun its state if the index does not know it yet
     */
    JobBody accepted(JobState begun, String base) {
        JobState known = jobs.find(begun.id());
        return known != null ? body(known, base) : open(begun);
    }

    private JobBody open(JobState job) {
        Control.Pause pause = job.status() == JobStatus.RUNNING ? null : paused.find(job.model());
        return JobBody.of(job, null, null, pause);
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

    static ErrorBody error(RequestRejectedException rejected) {
        return ErrorBody.of(
                rejected.failure(), String.valueOf(rejected.getMessage()), rejected.param());
    }
}

package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.api.audit.MakeChange;
import holt.api.controls.Control;
import holt.api.controls.WriteControls;
import holt.api.http.Answers;
import holt.api.http.body.ReadBody;
import holt.api.keys.Caller;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /admin/v1/jobs/cancel}: cancels all jobs that match, on all instances, or counts them. */
@RestController
final class CancelController {
    private final TrackJobs jobs;
    private final WriteControls controls;
    private final ReadBody read;
    private final MakeChange change;
    private final InstantSource clock;

    /** @param brokerClock by which jobs are created */
    CancelController(
            TrackJobs jobs,
            WriteControls controls,
            ReadBody read,
            MakeChange change,
            InstantSource brokerClock) {
        this.jobs = jobs;
        this.controls = controls;
        this.read = read;
        this.change = change;
        this.clock = brokerClock;
    }

    /**
     * What was cancelled.
     *
     * @param matches open jobs that this instance knows
     * @param cancelled how many of them had not ended meanwhile
     */
    record Cancellation(String object, boolean dryRun, int matches, int cancelled) {
        private static Cancellation of(boolean dryRun, int matches, int cancelled) {
            return new Cancellation("cancellation", dryRun, matches, cancelled);
        }
    }

    @PostMapping("/admin/v1/jobs/cancel")
    void cancel(HttpServletRequest request, HttpServletResponse response) throws IOException {
        CancelRequest wanted = read.json(request, CancelRequest.class);
        JobFilter filter = wanted.filter();
        Set<JobId> matches = jobs.open(filter);
        if (wanted.isDryRun()) {
            Answers.json(request, response, 200, Cancellation.of(true, matches.size(), 0));
            return;
        }
        change.make(
                Caller.change(
                        request,
                        "jobs.cancelled",
                        wanted.words().isEmpty() ? "all" : wanted.words(),
                        matches.size() + " jobs"),
                200,
                () -> {
                    // First those that this instance knows: it looks in vain for one that has just
                    // gone.
                    int cancelled = (int) matches.stream().filter(this::isCancelled).count();
                    cancelOnOtherInstances(filter);
                    return Cancellation.of(false, matches.size(), cancelled);
                },
                request,
                response);
    }

    /** Some jobs wait inside their instance, where the log does not show them. */
    private void cancelOnOtherInstances(JobFilter filter) {
        if (filter.status() != null && filter.status() != JobStatus.QUEUED) {
            return;
        }
        Instant now = clock.instant();
        Instant until = filter.until();
        MakeChange.await(
                controls.write(
                        new Control.CancelWaiting(
                                filter.model(),
                                filter.caller(),
                                filter.from(),
                                until == null || until.isAfter(now) ? now : until)));
    }

    private boolean isCancelled(JobId job) {
        try {
            jobs.cancel(job);
            return true;
        } catch (RequestRejectedException e) {
            if (e.failure() == Failure.JOB_FINISHED || e.failure() == Failure.JOB_NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }
}

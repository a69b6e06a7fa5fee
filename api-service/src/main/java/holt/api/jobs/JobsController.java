package holt.api.jobs;

import holt.api.http.Answers;
import holt.api.http.BaseUrl;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.keys.Caller;
import holt.api.queue.TrackJobs;
import holt.protocol.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/jobs} and {@code /admin/v1/jobs}, {@code GET} and {@code DELETE /v1/jobs/{id}}. All may wait for the broker and the store, without holding a thread of the container. */
@RestController
final class JobsController {
    private static final int ACCEPTED = 202;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final ShowJob show;
    private final TrackJobs jobs;
    private final FollowJob follow;
    private final BaseUrl baseUrl;
    private final Exchanges exchanges;

    JobsController(
            ShowJob show, TrackJobs jobs, FollowJob follow, BaseUrl baseUrl, Exchanges exchanges) {
        this.show = show;
        this.jobs = jobs;
        this.follow = follow;
        this.baseUrl = baseUrl;
        this.exchanges = exchanges;
    }

    /** The caller's jobs, newest first. An operator's are all jobs. */
    @GetMapping({"/v1/jobs", "/admin/v1/jobs"})
    void list(HttpServletRequest request, HttpServletResponse response) {
        ListQuery query = ListQuery.of(request, Caller.of(request));
        begin(request, response)
                .end(() ->
                        Answers.json(
                                request,
                                response,
                                200,
                                JobList.of(
                                        jobs.list(query.filter(), query.after(), query.limit()))));
    }

    /** The job now, or at its end if the client wants to wait for that. */
    @GetMapping("/v1/jobs/{id}")
    void one(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        JobId job = job(id);
        response.setHeader(JobHeaders.JOB_ID, job.value());
        Caller caller = Caller.of(request);
        Duration patience = JobOptions.patience(request);
        Duration wait = patience.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : patience;
        begin(request, response)
                .end(() ->
                        Answers.json(
                                request,
                                response,
                                200,
                                show.body(follow.await(job, caller, wait), baseUrl.of(request))));
    }

    /** What happens to the job, as server-sent events. */
    @GetMapping("/v1/jobs/{id}/events")
    void events(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        JobId job = job(id);
        response.setHeader(JobHeaders.JOB_ID, job.value());
        Caller caller = Caller.of(request);
        begin(request, response)
                .end(() -> follow.write(job, caller, baseUrl.of(request), request, response));
    }

    /** Cancels the job. The answer shows the job as it was at the request. */
    @DeleteMapping("/v1/jobs/{id}")
    void cancel(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        JobId job = job(id);
        response.setHeader(JobHeaders.JOB_ID, job.value());
        Caller caller = Caller.of(request);
        begin(request, response)
                .end(() -> {
                    JobBody before = show.body(show.find(job, caller), baseUrl.of(request));
                    jobs.cancel(job);
                    Answers.json(request, response, ACCEPTED, before);
                });
    }

    private Exchange begin(HttpServletRequest request, HttpServletResponse response) {
        return exchanges.begin(request, response, () -> {});
    }

    private static JobId job(String id) {
        try {
            return new JobId(id);
        } catch (IllegalArgumentException e) {
            throw ShowJob.unknown();
        }
    }
}

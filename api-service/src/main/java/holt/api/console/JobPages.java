package holt.api.console;

import holt.api.RequestRejectedException;
import holt.api.models.ModelCatalog;
import holt.api.queue.TrackJobs;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobState;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** {@code /console/jobs}: jobs of all callers, newest first. {@code /console/jobs/{id}}: one of them. */
final class JobPages {
    private static final int ROWS = 50;

    private final TrackJobs jobs;
    private final ModelCatalog catalog;
    private final ApiAddress api;
    private final ShowPage pages;

    JobPages(TrackJobs jobs, ModelCatalog catalog, ApiAddress api, ShowPage pages) {
        this.jobs = jobs;
        this.catalog = catalog;
        this.api = api;
        this.pages = pages;
    }

    ServerResponse list(ServerRequest request) {
        String id = request.param("id").map(String::strip).orElse("");
        if (!id.isEmpty()) {
            return ShowPage.seeOther("/console/jobs/" + job(id).value());
        }
        JobSearch search = JobSearch.of(request, pages.now());
        JobPage page = jobs.list(search.filter(), search.after(), ROWS);
        var values = new HashMap<String, Object>();
        values.put("search", search);
        values.put("rows", page.jobs().stream().map(head -> JobRow.of(head, find(head))).toList());
        values.put("models", catalog.list().stream().map(model -> model.name().value()).toList());
        values.put("states", JobSearch.STATES);
        values.put("times", JobSearch.TIMES);
        values.put("first", search.link(null));
        values.put("isFirst", search.after() == null);
        values.put("next", page.next() == null ? "" : search.link(page.next()));
        return pages.show("jobs", values, request);
    }

    ServerResponse one(ServerRequest request) {
        JobId id = job(request.pathVariable("id"));
        JobState job = jobs.find(id);
        if (job == null) {
            throw unknown();
        }
        var values = new HashMap<String, Object>();
        values.put("id", id.value());
        values.put("model", job.model().value());
        values.put("state", job.status().label());
        values.put("stateName", JobRow.name(job.status()));
        values.put("open", !job.status().isEnd());
        values.put("caller", job.caller() == null ? "none: callers need no keys" : job.caller());
        values.put("lane", job.lane().label());
        values.put("line", TimeLine.of(job, pages.now()));
        values.put("message", message(job));
        values.put("curl", Curl.of(kind(job.model()), job.model(), api.outside(request)));
        return pages.show("job", values, request);
    }

    /** What the client was told; empty unless the job failed. */
    private String message(JobState job) {
        if (job.status() != JobStatus.FAILED && job.status() != JobStatus.EXPIRED) {
            return "";
        }
        try {
            return jobs.result(job.id()).outcome() instanceof Outcome.Failed failed
                    ? Words.sentence(failed.message())
                    : "";
        } catch (RequestRejectedException gone) {
            return "";
        }
    }

    /** Null if the model has had no worker for long. */
    private KnownModel.@Nullable Kind kind(ModelName model) {
        return catalog.list().stream()
                .filter(known -> known.name().equals(model))
                .map(KnownModel::kind)
                .findFirst()
                .orElse(null);
    }

    /** Null if its time has run out since the list was read. */
    private @Nullable JobState find(JobHead head) {
        try {
            return jobs.find(head.id());
        } catch (RequestRejectedException gone) {
            return null;
        }
    }

    private static JobId job(String id) {
        try {
            return new JobId(id);
        } catch (IllegalArgumentException e) {
            throw unknown();
        }
    }

    private static RequestRejectedException unknown() {
        return new RequestRejectedException(
                Failure.JOB_NOT_FOUND, "no such job exists, or it ended too long ago");
    }
}

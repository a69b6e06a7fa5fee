package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.api.http.BaseUrl;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.queue.JobsSettings;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.api.queue.index.JobState;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Asked;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Task;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Submits a job and answers in one piece: with its result, or with 202 and the job's URL if the client prefers so. */
@Component
public final class AnswerJob {
    private static final int ACCEPTED = 202;

    /** A second limit beyond the deadline, in case the queue fails to keep it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SubmitJob submit;
    private final ShowJob show;
    private final Exchanges exchanges;
    private final BaseUrl baseUrl;
    private final JobsSettings settings;

    AnswerJob(
            SubmitJob submit,
            ShowJob show,
            Exchanges exchanges,
            BaseUrl baseUrl,
            JobsSettings settings) {
        this.submit = submit;
        this.show = show;
        this.exchanges = exchanges;
        this.baseUrl = baseUrl;
        this.settings = settings;
    }

    /**
     * Makes a job with the deadline of its route or its client.
     *
     * @param async whether its client asks for the result later
     * @param routeDeadline for a client that waits; the client may only shorten it
     * @param asked null if nothing is unusual
     */
    public NewJob job(
            KnownModel model,
            Task task,
            JobOptions options,
            boolean async,
            Duration routeDeadline,
            @Nullable Asked asked) {
        Duration most = async ? JobOptions.LONGEST : routeDeadline;
        Duration usual = async ? settings.asyncDeadline() : routeDeadline;
        return new NewJob(
                model,
                options.lane(async),
                task,
                options.timeout(usual, most),
                options.key(),
                options.caller(),
                async,
                asked,
                options.trace());
    }

    /**
     * Answers once the job has ended. If the job outlives its client, answers with 202 once the client has waited as long as it wanted.
     * Returns at once.
     */
    public void answer(
            NewJob job,
            JobOptions options,
            HttpServletRequest request,
            HttpServletResponse response) {
        answer(job, options, show::result, request, response);
    }

    /** The same, with a rendering of the route's own. */
    public void answer(
            NewJob job,
            JobOptions options,
            RenderOutcome render,
            HttpServletRequest request,
            HttpServletResponse response) {
        // A task may hold pictures. What waits for the answer keeps none of it.
        boolean outlives = job.outlives();
        Asked asked = job.asked();
        Function<JobId, JobState> queued = queued(job, Instant.now());
        Duration wait = job.outlives() ? options.patience() : job.timeout().plus(GRACE);
        var outcome = new CompletableFuture<@Nullable Outcome>();
        ReplyListener client =
                reply -> {
                    if (reply instanceof Outcome done) {
                        outcome.complete(done);
                    }
                };
        Ticket ticket = submit.submit(job, wait.isZero() ? null : client, response);
        Exchange exchange =
                exchanges.begin(
                        request,
                        response,
                        () -> {
                            outcome.cancel(false);
                            ticket.leave().run();
                        });
        var _ =
                ticket.accepted()
                        .thenCompose(_ -> after(wait, outcome))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                exchange.fail(rejected(failure));
                            } else if (done != null) {
                                JobState begun = queued.apply(ticket.id());
                                var ended =
                                        new EndedJob(
                                                ticket.id(),
                                                begun.model(),
                                                begun.created(),
                                                done,
                                                asked);
                                exchange.end(() -> result(ended, render, request, response));
                            } else if (outlives) {
                                ticket.leave().run();
                                JobState begun = queued.apply(ticket.id());
                                exchange.end(() -> later(begun, request, response));
                            } else {
                                exchange.fail(Failures.of(null));
                            }
                        });
    }

    private static Function<JobId, JobState> queued(NewJob job, Instant now) {
        ModelName model = job.model().name();
        Lane lane = job.lane();
        String caller = job.caller().id();
        return id -> JobState.queued(id, model, lane, now, true, caller);
    }

    /** Gives null if there is no outcome after that time. */
    private static CompletableFuture<@Nullable Outcome> after(
            Duration wait, CompletableFuture<@Nullable Outcome> outcome) {
        return wait.isZero()
                ? CompletableFuture.completedFuture(null)
                : outcome.completeOnTimeout(null, wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void result(
            EndedJob job,
            RenderOutcome render,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Object body = render.body(job, baseUrl.of(request));
        if (body == null) {
            throw Failures.of(job.outcome());
        }
        Answers.json(request, response, 200, body);
    }

    private void later(JobState begun, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader("Location", "/v1/jobs/" + begun.id().value());
        response.setHeader("Preference-Applied", "respond-async");
        Answers.json(request, response, ACCEPTED, show.accepted(begun, baseUrl.of(request)));
    }

    private static RequestRejectedException rejected(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RequestRejectedException rejected
                ? rejected
                : new RequestRejectedException(Failure.SERVER_ERROR, "internal error");
    }
}

package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.api.http.BaseUrl;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.keys.Caller;
import holt.api.queue.JobQueue;
import holt.api.queue.JobsSettings;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.api.queue.index.JobState;
import holt.api.queue.waiting.ReplyListener;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Submits a job and answers in one piece: with its result, or with 202 and the job's URL if the client prefers so. */
@Component
public final class AnswerJob {
    /** On every answer to a request that became a job. */
    public static final String JOB_ID = "X-Holt-Job-Id";

    private static final int ACCEPTED = 202;

    /** A second limit beyond the deadline, in case the queue fails to keep it. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final JobQueue queue;
    private final ShowJob show;
    private final Exchanges exchanges;
    private final BaseUrl baseUrl;
    private final JobsSettings settings;

    AnswerJob(
            JobQueue queue,
            ShowJob show,
            Exchanges exchanges,
            BaseUrl baseUrl,
            JobsSettings settings) {
        this.queue = queue;
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
     */
    public NewJob job(
            KnownModel model,
            Task task,
            JobOptions options,
            boolean async,
            Duration routeDeadline) {
        Duration most = async ? JobOptions.LONGEST : routeDeadline;
        Duration usual = async ? settings.asyncDeadline() : routeDeadline;
        return new NewJob(
                model,
                options.lane(async),
                task,
                options.timeout(usual, most),
                options.key(),
                options.caller(),
                async);
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
        Instant created = Instant.now();
        Duration wait = job.outlives() ? options.patience() : job.timeout().plus(GRACE);
        var outcome = new CompletableFuture<@Nullable Outcome>();
        ReplyListener client =
                reply -> {
                    if (reply instanceof Outcome done) {
                        outcome.complete(done);
                    }
                };
        Ticket ticket = queue.submit(job, wait.isZero() ? null : client);
        // The job's task may be large, and the answer late.
        ModelName model = job.model().name();
        boolean outlives = job.outlives();
        JobState queued =
                JobState.queued(ticket.id(), model, job.lane(), created, true, job.caller().id());
        Caller caller = job.caller();
        response.setHeader(JOB_ID, ticket.id().value());
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
                                var ended = new EndedJob(ticket.id(), model, created, done);
                                exchange.end(() -> result(ended, render, request, response));
                            } else if (outlives) {
                                ticket.leave().run();
                                exchange.end(() -> later(queued, caller, request, response));
                            } else {
                                exchange.fail(Failures.of(null));
                            }
                        });
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

    private void later(
            JobState queued,
            Caller caller,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        response.setHeader("Location", "/v1/jobs/" + queued.id().value());
        response.setHeader("Preference-Applied", "respond-async");
        Answers.json(
                request, response, ACCEPTED, show.accepted(queued, caller, baseUrl.of(request)));
    }

    private static RequestRejectedException rejected(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RequestRejectedException rejected
                ? rejected
                : new RequestRejectedException(Failure.SERVER_ERROR, "internal error");
    }
}

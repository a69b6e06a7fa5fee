package holt.api.chat;

import holt.api.ApiSettings;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.jobs.AnswerJob;
import holt.api.queue.JobQueue;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Submits a chat and answers with its text as it grows. */
@Component
final class AnswerStream {
    /** The queue keeps deadlines; this is for the day on which it does not. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final JobQueue queue;
    private final Exchanges exchanges;
    private final ApiSettings settings;

    AnswerStream(JobQueue queue, Exchanges exchanges, ApiSettings settings) {
        this.queue = queue;
        this.exchanges = exchanges;
        this.settings = settings;
    }

    /** Returns at once. */
    void begin(
            ChatCall call, NewJob job, HttpServletRequest request, HttpServletResponse response) {
        var replies = new Backlog();
        Ticket ticket = queue.submit(job, replies);
        replies.onOverflow(ticket.leave());
        response.setHeader(AnswerJob.JOB_ID, ticket.id().value());
        var stream =
                new StreamChat(
                        replies,
                        ChatHead.of(ticket.id(), call.model().name(), Instant.now()),
                        call.includeUsage(),
                        settings.connections().pingEvery(),
                        job.timeout().plus(GRACE));
        Exchange exchange =
                exchanges.begin(
                        request,
                        response,
                        () -> {
                            replies.leave();
                            ticket.leave().run();
                        });
        exchange.end(() -> stream.write(request, response));
    }
}

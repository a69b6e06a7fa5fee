package holt.api.stream;

import holt.api.ApiSettings;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.jobs.SubmitJob;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.protocol.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Submits a chat and streams its replies. */
@Component
public final class StreamReplies {
    /** The queue keeps the deadline. This is the safety margin in case it fails to. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final SubmitJob submit;
    private final Exchanges exchanges;
    private final ApiSettings settings;

    StreamReplies(SubmitJob submit, Exchanges exchanges, ApiSettings settings) {
        this.submit = submit;
        this.exchanges = exchanges;
        this.settings = settings;
    }

    /** Returns at once. */
    public void begin(
            NewJob job,
            Function<JobId, StreamWriter> writer,
            HttpServletRequest request,
            HttpServletResponse response) {
        var replies = new ReplyBuffer();
        Ticket ticket = submit.submit(job, replies, response);
        replies.onOverflow(ticket.leave());
        var stream =
                new WriteStream(
                        replies,
                        writer.apply(ticket.id()),
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

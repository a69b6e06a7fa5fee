package holt.api.chat;

import holt.api.ApiSettings;
import holt.api.http.Exchange;
import holt.api.http.Exchanges;
import holt.api.http.ReadBody;
import holt.api.jobs.JobQueue;
import holt.api.jobs.NewJob;
import holt.api.models.ModelCatalog;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/chat/completions}. */
@RestController
final class ChatController {
    /** The queue keeps deadlines; this is for the day on which it does not. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ReadBody read;
    private final ModelCatalog catalog;
    private final JobQueue queue;
    private final Exchanges exchanges;
    private final ApiSettings settings;

    ChatController(
            ReadBody read,
            ModelCatalog catalog,
            JobQueue queue,
            Exchanges exchanges,
            ApiSettings settings) {
        this.read = read;
        this.catalog = catalog;
        this.queue = queue;
        this.exchanges = exchanges;
        this.settings = settings;
    }

    @PostMapping("/v1/chat/completions")
    void complete(HttpServletRequest request, HttpServletResponse response) {
        ChatCall call = ParseChat.parse(read.json(request, ChatRequest.class), catalog);
        var job = new NewJob(call.model(), Lane.NORMAL, call.task(), settings.chatDeadline());
        if (call.task().stream()) {
            stream(call, job, request, response);
        } else {
            answer(call, job, request, response);
        }
    }

    private void answer(
            ChatCall call, NewJob job, HttpServletRequest request, HttpServletResponse response) {
        var outcome = new CompletableFuture<Outcome>();
        JobId id =
                queue.submit(
                        job,
                        reply -> {
                            if (reply instanceof Outcome done) {
                                outcome.complete(done);
                            }
                        });
        response.setHeader("X-Holt-Job-Id", id.value());
        Exchange exchange =
                exchanges.begin(
                        request,
                        response,
                        () -> {
                            outcome.cancel(false);
                            queue.abandon(id);
                        });
        outcome.orTimeout(limit().toMillis(), TimeUnit.MILLISECONDS);
        AnswerChat.whenDone(outcome, ChatHead.of(id, call.model()), exchange);
    }

    private void stream(
            ChatCall call, NewJob job, HttpServletRequest request, HttpServletResponse response) {
        var replies = new Backlog();
        JobId id = queue.submit(job, replies);
        replies.onOverflow(() -> queue.abandon(id));
        response.setHeader("X-Holt-Job-Id", id.value());
        var stream =
                new StreamChat(
                        replies,
                        ChatHead.of(id, call.model()),
                        call.includeUsage(),
                        settings.connections().pingEvery(),
                        limit());
        Exchange exchange =
                exchanges.begin(
                        request,
                        response,
                        () -> {
                            replies.leave();
                            queue.abandon(id);
                        });
        exchange.end(() -> stream.write(request, response));
    }

    private Duration limit() {
        return settings.chatDeadline().plus(GRACE);
    }
}

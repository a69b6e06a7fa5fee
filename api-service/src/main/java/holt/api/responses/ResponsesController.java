package holt.api.responses;

import holt.api.ApiSettings;
import holt.api.chat.ParsedChat;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
import holt.api.jobs.EndedJob;
import holt.api.jobs.Failures;
import holt.api.jobs.JobOptions;
import holt.api.models.ModelCatalog;
import holt.api.queue.NewJob;
import holt.api.stream.StreamReplies;
import holt.protocol.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/responses}. */
@RestController
final class ResponsesController {
    private final ReadBody bodies;
    private final ModelCatalog catalog;
    private final AnswerJob answer;
    private final StreamReplies streams;
    private final ApiSettings settings;

    ResponsesController(
            ReadBody bodies,
            ModelCatalog catalog,
            AnswerJob answer,
            StreamReplies streams,
            ApiSettings settings) {
        this.bodies = bodies;
        this.catalog = catalog;
        this.answer = answer;
        this.streams = streams;
        this.settings = settings;
    }

    @PostMapping("/v1/responses")
    void create(HttpServletRequest request, HttpServletResponse response) {
        ResponsesRequest wire = bodies.json(request, ResponsesRequest.class);
        ReadResponses.Read read = ReadResponses.read(wire, catalog);
        ReadResponses.Asked asked = read.asked();
        ParsedChat chat = read.chat();
        JobOptions options = JobOptions.of(request);
        NewJob job = answer.job(chat.model(), chat.task(), options, false, settings.chatDeadline());
        if (chat.task().stream()) {
            streams.begin(
                    job, id -> new WriteResponse(id, Instant.now(), asked), request, response);
        } else {
            answer.answer(job, options, (ended, _) -> body(ended, asked), request, response);
        }
    }

    private static ResponseBody body(EndedJob ended, ReadResponses.Asked asked) {
        if (ended.outcome() instanceof Outcome.ChatCompleted completed) {
            return ResponseBody.completed(
                    ended.id(),
                    ended.created(),
                    asked,
                    ResponseBody.output(ended.id(), completed, asked.names()),
                    completed);
        }
        throw ReadResponses.renamed(Failures.of(ended.outcome()));
    }
}

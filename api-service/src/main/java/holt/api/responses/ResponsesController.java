package holt.api.responses;

import static holt.api.fields.Fields.isSet;

import holt.api.ApiSettings;
import holt.api.chat.ParseChat;
import holt.api.chat.ParsedChat;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
import holt.api.jobs.EndedJob;
import holt.api.jobs.Failures;
import holt.api.jobs.JobOptions;
import holt.api.jobs.ServiceTier;
import holt.api.queue.NewJob;
import holt.api.stream.StreamReplies;
import holt.protocol.Asked;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/responses}. */
@RestController
final class ResponsesController {
    private final ReadBody bodies;
    private final ParseChat parse;
    private final AnswerJob answer;
    private final StreamReplies streams;
    private final ApiSettings settings;

    ResponsesController(
            ReadBody bodies,
            ParseChat parse,
            AnswerJob answer,
            StreamReplies streams,
            ApiSettings settings) {
        this.bodies = bodies;
        this.parse = parse;
        this.answer = answer;
        this.streams = streams;
        this.settings = settings;
    }

    @PostMapping("/v1/responses")
    void create(HttpServletRequest request, HttpServletResponse response) {
        ResponsesRequest wire = bodies.json(request, ResponsesRequest.class);
        JobOptions options = JobOptions.of(request).withTier(wire.serviceTier());
        boolean stream = Boolean.TRUE.equals(wire.stream());
        boolean async = options.async() && !stream;
        String tier = ServiceTier.of(options.lane(async));
        ReadResponses.Read read = ReadResponses.read(wire, parse, options.caller(), tier);
        ParsedChat chat = read.chat();
        // A client that waits gets its response here. So only other jobs carry the tools twice.
        Asked.Form form = async || options.key() != null ? read.repeated().form() : null;
        NewJob job =
                answer.job(
                        chat.model(),
                        chat.task(),
                        options,
                        async,
                        settings.chatDeadline(),
                        Asked.of(
                                chat.model().name(),
                                wire.model(),
                                isSet(wire.serviceTier()) ? tier : null,
                                form));
        if (stream) {
            streams.begin(
                    job,
                    id -> new WriteResponse(id, Instant.now(), read.repeated()),
                    request,
                    response);
        } else {
            answer.answer(
                    job, options, (ended, _) -> body(ended, read.repeated()), request, response);
        }
    }

    private static ResponseBody body(EndedJob ended, Repeated repeated) {
        ResponseBody body = RenderResponse.body(ended, repeated);
        if (body == null) {
            throw ReadResponses.renamed(Failures.of(ended.outcome()));
        }
        return body;
    }
}

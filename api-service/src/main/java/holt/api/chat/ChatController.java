package holt.api.chat;

import static holt.api.fields.Fields.isSet;

import holt.api.ApiSettings;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
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

/** {@code POST /v1/chat/completions}. */
@RestController
final class ChatController {
    private final ReadBody read;
    private final ParseChat parse;
    private final AnswerJob answer;
    private final StreamReplies streams;
    private final ApiSettings settings;

    ChatController(
            ReadBody read,
            ParseChat parse,
            AnswerJob answer,
            StreamReplies streams,
            ApiSettings settings) {
        this.read = read;
        this.parse = parse;
        this.answer = answer;
        this.streams = streams;
        this.settings = settings;
    }

    @PostMapping("/v1/chat/completions")
    void complete(HttpServletRequest request, HttpServletResponse response) {
        ChatRequest wire = read.json(request, ChatRequest.class);
        JobOptions options = JobOptions.of(request).withTier(wire.serviceTier());
        ParsedChat chat = parse.parse(wire, options.caller());
        // The request may hold pictures. What waits for the answer keeps only its model and tier.
        String model = String.valueOf(wire.model());
        boolean stream = chat.task().stream();
        // A stream cannot be answered later. RFC 7240 allows to ignore the preference.
        boolean async = options.async() && !stream;
        String tier = isSet(wire.serviceTier()) ? ServiceTier.of(options.lane(async)) : null;
        NewJob job =
                answer.job(
                        chat.model(),
                        chat.task(),
                        options,
                        async,
                        settings.chatDeadline(),
                        Asked.of(chat.model().name(), wire.model(), tier, null));
        if (stream) {
            StreamedUsage usage =
                    StreamedUsage.of(chat.includeUsage(), request.getHeader("User-Agent"));
            streams.begin(
                    job,
                    id -> new WriteChat(ChatEnvelope.of(id, model, tier, Instant.now()), usage),
                    request,
                    response);
        } else {
            answer.answer(job, options, request, response);
        }
    }
}

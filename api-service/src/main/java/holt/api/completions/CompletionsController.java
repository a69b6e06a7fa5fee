package holt.api.completions;

import holt.api.ApiSettings;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
import holt.api.jobs.JobOptions;
import holt.api.models.ModelCatalog;
import holt.api.models.VisibleModels;
import holt.api.queue.NewJob;
import holt.api.stream.StreamReplies;
import holt.protocol.Asked;
import holt.protocol.Task;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/completions}. */
@RestController
final class CompletionsController {
    private final ReadBody read;
    private final ModelCatalog catalog;
    private final AnswerJob answer;
    private final StreamReplies streams;
    private final ApiSettings settings;

    CompletionsController(
            ReadBody read,
            ModelCatalog catalog,
            AnswerJob answer,
            StreamReplies streams,
            ApiSettings settings) {
        this.read = read;
        this.catalog = catalog;
        this.answer = answer;
        this.streams = streams;
        this.settings = settings;
    }

    @PostMapping("/v1/completions")
    void complete(HttpServletRequest request, HttpServletResponse response) {
        CompletionsRequest wire = read.json(request, CompletionsRequest.class);
        JobOptions options = JobOptions.of(request);
        ParsedCompletions parsed =
                ParseCompletions.parse(wire, VisibleModels.to(options.caller(), catalog));
        String asked = String.valueOf(wire.model());
        Task.Complete task = parsed.task();
        // A stream cannot be answered later. RFC 7240 allows to ignore the preference.
        NewJob job =
                answer.job(
                        parsed.model(),
                        task,
                        options,
                        options.async() && !task.stream(),
                        settings.chatDeadline(),
                        Asked.of(
                                parsed.model().name(),
                                asked,
                                null,
                                new Asked.Form.Completion(task.echo())));
        if (task.stream()) {
            streams.begin(
                    job,
                    id ->
                            new WriteCompletions(
                                    CompletionEnvelope.of(id, asked, Instant.now()),
                                    task.echo(),
                                    parsed.includeUsage()),
                    request,
                    response);
        } else {
            answer.answer(job, options, request, response);
        }
    }
}

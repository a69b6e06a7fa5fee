package holt.api.embeddings;

import holt.api.ApiSettings;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
import holt.api.jobs.JobOptions;
import holt.api.models.ModelCatalog;
import holt.api.models.VisibleModels;
import holt.api.queue.NewJob;
import holt.protocol.Asked;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/embeddings}. */
@RestController
final class EmbeddingsController {
    private final ReadBody read;
    private final ModelCatalog catalog;
    private final AnswerJob answer;
    private final ApiSettings settings;

    EmbeddingsController(
            ReadBody read, ModelCatalog catalog, AnswerJob answer, ApiSettings settings) {
        this.read = read;
        this.catalog = catalog;
        this.answer = answer;
        this.settings = settings;
    }

    @PostMapping("/v1/embeddings")
    void embed(HttpServletRequest request, HttpServletResponse response) {
        EmbeddingsRequest wire = read.json(request, EmbeddingsRequest.class);
        JobOptions options = JobOptions.of(request);
        ParsedEmbeddings parsed =
                ParseEmbeddings.parse(wire, VisibleModels.to(options.caller(), catalog));
        NewJob job =
                answer.job(
                        parsed.model(),
                        parsed.task(),
                        options,
                        options.async(),
                        settings.chatDeadline(),
                        Asked.of(parsed.model().name(), wire.model(), null, null));
        answer.answer(job, options, request, response);
    }
}

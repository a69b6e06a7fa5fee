package holt.api.images;

import holt.api.fields.FormFields;
import holt.api.http.body.ReadBody;
import holt.api.jobs.AnswerJob;
import holt.api.jobs.JobOptions;
import holt.api.models.Endpoint;
import holt.api.models.ModelCatalog;
import holt.api.models.VisibleModels;
import holt.api.queue.NewJob;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /v1/images/generations} and {@code POST /v1/images/edits}. */
@RestController
final class ImagesController {
    private final ReadBody read;
    private final ParseImages parse;
    private final ModelCatalog catalog;
    private final AnswerJob answer;
    private final ImagesSettings settings;

    ImagesController(
            ReadBody read,
            ParseImages parse,
            ModelCatalog catalog,
            AnswerJob answer,
            ImagesSettings settings) {
        this.read = read;
        this.parse = parse;
        this.catalog = catalog;
        this.answer = answer;
        this.settings = settings;
    }

    @PostMapping("/v1/images/generations")
    void generate(HttpServletRequest request, HttpServletResponse response) {
        serve(Endpoint.GENERATIONS, request, response);
    }

    @PostMapping("/v1/images/edits")
    void edit(HttpServletRequest request, HttpServletResponse response) {
        serve(Endpoint.EDITS, request, response);
    }

    private void serve(
            Endpoint endpoint, HttpServletRequest request, HttpServletResponse response) {
        ImagesRequest wire =
                ReadBody.isForm(request)
                        ? ImagesRequest.of(new FormFields(read.form(request)))
                        : read.json(request, ImagesRequest.class);
        JobOptions options = JobOptions.of(request);
        ParsedImages images =
                parse.parse(wire, endpoint, VisibleModels.to(options.caller(), catalog));
        Duration deadline =
                images.task().edit() == null
                        ? settings.generationDeadline()
                        : settings.editDeadline();
        NewJob job =
                answer.job(images.model(), images.task(), options, options.async(), deadline, null);
        answer.answer(job, options, request, response);
    }
}

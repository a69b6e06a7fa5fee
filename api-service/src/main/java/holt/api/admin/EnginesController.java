package holt.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.http.Answers;
import holt.api.models.LiveEngines;
import holt.protocol.EngineHealth;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /admin/v1/engines}: the engines outside of Holt, as their workers see them. */
@RestController
final class EnginesController {
    private final LiveEngines engines;

    EnginesController(LiveEngines engines) {
        this.engines = engines;
    }

    record EngineList(String object, List<Row> data) {}

    /**
     * An engine.
     *
     * @param trouble why none of its models is served; null: they are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String object,
            String worker,
            String kind,
            String address,
            boolean up,
            @Nullable String trouble,
            List<String> models,
            int slots) {
        private static Row of(LiveEngines.OfWorker of) {
            EngineHealth engine = of.engine();
            return new Row(
                    "engine",
                    of.worker().value(),
                    engine.kind(),
                    engine.address(),
                    engine.trouble() == null,
                    engine.trouble(),
                    engine.models().stream().map(ModelName::value).toList(),
                    engine.slots());
        }
    }

    @GetMapping("/admin/v1/engines")
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Row> rows = engines.engines().stream().map(Row::of).toList();
        Answers.json(request, response, 200, new EngineList("list", rows));
    }
}

package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The model that comes with the repository, against what {@code transformers} makes of it ({@code models/chat/export.py}). */
@Timeout(60)
class BuiltInModelTest {
    private static final Path FOLDER = Path.of("../models/holt-chat");

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @Test
    void itsGreedyAnswersAreThoseOfTransformersAlsoWithPackedWeights() throws Exception {
        for (String dtype : List.of("fp32", "fp16")) {
            try (TextEngine engine =
                    TextModels.load(FOLDER, TextModelOptions.of("cpu", dtype).withThreads(1))) {
                for (JsonNode golden : golden()) {
                    var events = new RecordedEvents();
                    String prompt = golden.path("prompt").asString();
                    engine.submit(
                            new TextRequest(
                                    new RequestId(prompt),
                                    List.of(new ChatTurn("user", prompt)),
                                    Sampling.GREEDY,
                                    500,
                                    List.of(),
                                    0),
                            events);

                    assertThat(events.end())
                            .as(prompt)
                            .usingRecursiveComparison()
                            .ignoringFields("cachedTokens") // they begin alike
                            .isEqualTo(
                                    new TextEvent.Finished(
                                            List.of(FinishReason.STOP),
                                            golden.path("promptIds").size(),
                                            golden.path("answerIds").size()));
                    assertThat(events.text())
                            .as("%s in %s", prompt, dtype)
                            .isEqualTo(golden.path("text").asString());
                }
            }
        }
    }

    private static JsonNode golden() throws Exception {
        try (InputStream in =
                BuiltInModelTest.class.getResourceAsStream("/holt/engine/builtin-golden.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}

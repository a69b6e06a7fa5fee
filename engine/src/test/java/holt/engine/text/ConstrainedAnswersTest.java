package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.grammar.Constraint;
import holt.grammar.SchemaCorpus;
import holt.grammar.Valid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random weights and temperature 2: only the constraint makes sense of the text. {@code -Dconstrained.answers=5} runs all. */
class ConstrainedAnswersTest {
    private static final int ANSWERS = Integer.getInteger("constrained.answers", 1); // a schema
    private static final int MAX_TOKENS = 160;
    private static final List<ChatTurn> TURNS = List.of(new ChatTurn("user", "Hello"));

    private static TextEngine engine;

    @BeforeAll
    static void load(@TempDir Path folder) {
        Fixtures.prepareRuntime();
        engine =
                TextModels.load(
                        Fixtures.model("llama3", folder),
                        TextModelOptions.of("cpu", "fp32").withMaxBatch(16).withThreads(1));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void answersOf200SchemasStopAndAreValid() throws Exception {
        List<String> cut = new ArrayList<>();
        int all = 0;
        for (Map.Entry<String, String> schema : SchemaCorpus.all().entrySet()) {
            var valid = new Valid(schema.getValue());
            var events = new RecordedEvents();
            engine.submit(
                    request(new Constraint.JsonSchema(schema.getValue()), 2, ANSWERS), events);
            assertThat(events.end()).as(schema.getKey()).isInstanceOf(TextEvent.Finished.class);
            var finished = (TextEvent.Finished) events.end();
            for (int choice = 0; choice < ANSWERS; choice++) {
                all++;
                if (finished.reasons().get(choice) == FinishReason.STOP) {
                    assertThat(valid.errors(events.text(choice)))
                            .as("%s: %s", schema, events.text(choice))
                            .isEmpty();
                } else {
                    cut.add(schema.getKey());
                }
            }
        }
        assertThat(cut).as("cut of " + all).hasSizeLessThanOrEqualTo(all / 100);
    }

    @Test
    void greedyAnswersObey() throws Exception {
        var events = new RecordedEvents();
        engine.submit(
                request(new Constraint.Choice(List.of("yes", "no", "perhaps")), 0, 1), events);
        assertThat(((TextEvent.Finished) events.end()).reasons())
                .containsExactly(FinishReason.STOP);
        assertThat(events.text()).isIn("yes", "no", "perhaps");
    }

    private static TextRequest request(Constraint constraint, double temperature, int choices) {
        return new TextRequest(
                new RequestId("constrained"),
                TURNS,
                new Sampling(temperature, 1, 7L),
                MAX_TOKENS,
                List.of(),
                0,
                choices,
                null,
                constraint);
    }
}

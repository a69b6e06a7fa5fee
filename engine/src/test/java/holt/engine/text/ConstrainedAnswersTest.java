package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.grammar.Constraint;
import holt.grammar.SchemaCorpus;
import holt.grammar.Valid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Random weights and temperature 2: only the constraint makes sense of the text. */
class ConstrainedAnswersTest {
    private static final int ANSWERS = 5; // a schema
    private static final int MAX_TOKENS = 160;
    private static final List<ChatTurn> TURNS = List.of(new ChatTurn("user", "Hello"));

    private static TextEngine engine;

    @BeforeAll
    static void load(@TempDir Path folder) throws IOException {
        Fixtures.prepareRuntime();
        Path model = Fixtures.model("llama3", folder);
        Path config = model.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst(
                                "\"max_position_embeddings\": [0-9]+",
                                "\"max_position_embeddings\": 1024"));
        engine =
                TextModels.load(
                        model, TextModelOptions.of("cpu", "fp32").withMaxBatch(16).withThreads(1));
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

    @Test
    void aRequiredCallIsACallWithValidArguments() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            var events = new RecordedEvents();
            engine.submit(random(seed).withTools(TOOLS, new ToolChoice.Required()), events);

            assertThat(((TextEvent.Finished) events.end()).reasons())
                    .containsExactly(FinishReason.TOOL_CALLS);
            assertThat(functions(events)).singleElement().isIn("weather", "tree");
        }
    }

    @Test
    void aNamedCallIsOneOfThatFunctionAlsoIfItsSchemaRefersToItself() throws Exception {
        var valid = new Valid(TREE);
        var events = new RecordedEvents();
        engine.submit(random(1).withTools(TOOLS, new ToolChoice.Named("tree")), events);

        assertThat(events.end()).isInstanceOf(TextEvent.Finished.class);
        assertThat(functions(events)).containsExactly("tree");
        assertThat(valid.errors(arguments(events))).isEmpty();
    }

    @Test
    void anAnswerOfAFormatMayBeACallInstead() throws Exception {
        Set<String> kinds = new HashSet<>();
        for (int seed = 0; seed < 40; seed++) {
            var events = new RecordedEvents();
            engine.submit(
                    random(seed)
                            .withConstraint(new Constraint.Choice(List.of("yes", "no")))
                            .withTools(TOOLS, new ToolChoice.Auto()),
                    events);
            assertThat(events.end()).isInstanceOf(TextEvent.Finished.class);
            kinds.add(functions(events).isEmpty() ? events.text() : "call");
        }

        assertThat(kinds).contains("call").containsAnyOf("yes", "no");
    }

    private static final String TREE =
            "{\"type\":\"object\",\"properties\":{\"root\":{\"$ref\":\"#/$defs/node\"}},\"required\":[\"root\"],"
                    + "\"$defs\":{\"node\":{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"#/$defs/node\"}}}}}";

    private static final List<Map<String, Object>> TOOLS =
            List.of(
                    tool(
                            "weather",
                            "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}"),
                    tool("tree", TREE));

    private static Map<String, Object> tool(String name, String parameters) {
        return Map.of(
                "type",
                "function",
                "function",
                Map.of(
                        "name",
                        name,
                        "parameters",
                        new JsonMapper().readValue(parameters, Map.class)));
    }

    private static List<String> functions(RecordedEvents events) {
        return calls(events)
                .map(TextEvent.ToolCallPart::function)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String arguments(RecordedEvents events) {
        return calls(events).map(TextEvent.ToolCallPart::arguments).collect(Collectors.joining());
    }

    private static Stream<TextEvent.ToolCallPart> calls(RecordedEvents events) {
        return events.all().stream()
                .filter(TextEvent.ToolCallPart.class::isInstance)
                .map(TextEvent.ToolCallPart.class::cast);
    }

    private static TextRequest random(long seed) {
        return new TextRequest(
                new RequestId("constrained"), TURNS, new Sampling(2, 1, seed), 400, List.of(), 0);
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
                        null)
                .withConstraint(constraint);
    }
}

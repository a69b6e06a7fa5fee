package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.engine.Golden;
import holt.engine.RequestId;
import holt.engine.UnloadableModelException;
import holt.engine.text.sampling.Sampling;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufModelsTest {
    private static final int GREEDY = 40; // tokens of the golden continuation

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "smollm2"})
    void aFileAnswersAsItsFolderDoes(String name) throws Exception {
        Golden golden = Fixtures.golden(name);
        Path file = GgufFixtures.of(name, folder);
        try (TextEngine engine = load(file)) {
            RecordedEvents events = ask(engine, golden);

            assertThat(events.end())
                    .isEqualTo(
                            new TextEvent.Finished(
                                    List.of(FinishReason.LENGTH), golden.ids().length, GREEDY));
            assertThat(golden.greedyText()).startsWith(events.text());
            assertThat(events.text()).hasSizeGreaterThan(GREEDY / 2);
            assertThat(engine.info().name()).isEqualTo(name);
        }
        assertThat(TextModels.inspect(file))
                .isEqualTo(TextModels.inspect(Fixtures.model(name, folder.resolve("again"))));
    }

    @Test
    void aFileNamesTheTokensThatEndAnAnswer() throws Exception {
        Golden golden = Fixtures.golden("llama3");
        Path file =
                GgufFixtures.writer(Fixtures.model("llama3", folder))
                        .whole("tokenizer.ggml.eot_token_id", (int) golden.greedy()[0])
                        .write(folder.resolve("ends.gguf"));
        try (TextEngine engine = load(file)) {
            assertThat(ask(engine, golden).end())
                    .isEqualTo(
                            new TextEvent.Finished(
                                    List.of(FinishReason.STOP), golden.ids().length, 1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenizer.ggml.model    | rwkv   | tokenizer.ggml.model rwkv is not supported",
                "tokenizer.ggml.pre      | tekken | tokenizer.ggml.pre tekken is not supported",
                "llama.rope.scaling.type | yarn   | rope_scaling {\"rope_type\":\"yarn\"} is not supported",
                "tokenizer.chat_template | {% if %} | cannot be rendered"
            })
    void whatCannotBeServedIsRefusedByName(String key, String value, String reason) {
        Path file =
                GgufFixtures.writer(Fixtures.model("smollm2", folder))
                        .text(key, value)
                        .write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> load(file).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTensorWithoutAPlaceIsRefusedByName() {
        Path file =
                GgufFixtures.writer(Fixtures.model("smollm2", folder))
                        .tensor("blk.0.ffn_gate_exps.weight", 0, List.of(1L), new byte[4])
                        .write(folder.resolve("a.gguf"));

        assertThatThrownBy(() -> load(file).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("has a tensor blk.0.ffn_gate_exps.weight");
    }

    private static TextEngine load(Path file) {
        return TextModels.load(
                file, TextModelOptions.of("cpu", "fp32").withMaxBatch(4).withThreads(1));
    }

    private static RecordedEvents ask(TextEngine engine, Golden golden) {
        List<ChatTurn> turns =
                golden.turns().stream()
                        .map(turn -> new ChatTurn(turn.role(), turn.content()))
                        .toList();
        RecordedEvents events = new RecordedEvents();
        engine.submit(
                new TextRequest(new RequestId("1"), turns, Sampling.GREEDY, GREEDY, List.of(), 0),
                events);
        return events;
    }
}

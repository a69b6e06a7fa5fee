package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.EngineFailure;
import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.UnloadableModelException;
import holt.engine.text.sampling.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Model folders and files that Holt refuses, or whose prompts it refuses. */
class UnservableTextModelsTest {
    private static final int GREEDY = 40; // tokens of the golden continuation
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LFS_POINTER =
            """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 12345
            """;

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json | architectures | GPTNeoXForCausalLM | architecture GPTNeoXForCausalLM is not supported",
                "config.json | rope_scaling | {\"rope_type\":\"yarn\"} | rope_scaling {\"rope_type\":\"yarn\"} is not",
                "config.json | hidden_act | gelu | hidden_act \"gelu\" is not supported",
                "config.json | hidden_size | 64 | has the shape [360, 32]; config.json calls for [360, 64]",
                "config.json | num_hidden_layers | 1 | has a tensor model.layers.1.",
                "config.json | num_hidden_layers | 3 | have no tensor model.layers.2.",
                "config.json | vocab_size | 0 | vocab_size must be a positive integer",
                "tokenizer_config.json | chat_template | {{ no_such_function() }} | tokenizer_config.json cannot",
                "tokenizer_config.json | chat_template | {% if %} | tokenizer_config.json cannot be rendered",
                "tokenizer_config.json | chat_template | 1 | has no chat_template",
                "tokenizer.json | model | {} | Cannot use"
            })
    void whatCannotBeServedIsRefusedByName(String file, String key, String value, String reason)
            throws IOException {
        Path model = Fixtures.model("smollm2", folder);
        Object parsed =
                value.startsWith("{\"") || value.matches("\\d+|\\{}")
                        ? JSON.readTree(value)
                        : value;
        Fixtures.edit(
                model.resolve(file),
                Map.of(key, key.equals("architectures") ? List.of(parsed) : parsed));

        assertThatThrownBy(() -> load(model).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "tokenizer.json", "model.safetensors"})
    void aMissingFileIsNamed(String file) throws IOException {
        Path model = Fixtures.model("llama3", folder);
        Files.delete(model.resolve(file));

        assertThatThrownBy(() -> load(model).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config.json",
                "tokenizer.json",
                "tokenizer_config.json",
                "chat_template.jinja",
                "model.safetensors"
            })
    void aGitLfsPointerInPlaceOfAFileIsRefusedByName(String file) throws IOException {
        Path model = Fixtures.model("llama3", folder);
        Files.writeString(model.resolve(file), LFS_POINTER);

        assertThatThrownBy(() -> load(model).close())
                .isInstanceOf(UnloadableModelException.class)
                .hasMessage(model.resolve(file) + " is a Git LFS pointer; run git lfs pull");
    }

    @Test
    void aGitLfsPointerInPlaceOfAGgufFileIsRefusedByName() throws IOException {
        Path model = Files.writeString(folder.resolve("m.gguf"), LFS_POINTER);

        assertThatThrownBy(() -> TextModels.inspect(model))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessage(model + " is a Git LFS pointer; run git lfs pull");
    }

    @Test
    void aTextThatIsATokenBeyondTheEmbeddingIsRefusedAsTheClientsError() throws Exception {
        Path model = withTokenBeyondEmbedding(Fixtures.model("smollm2", folder));
        try (TextEngine engine = load(model)) {
            assertThat(answer(engine, "1", "a <think> b"))
                    .isEqualTo(
                            new TextEvent.Failed(
                                    new EngineFailure.Refused(
                                            "messages",
                                            "the text <think> is token 360 of the tokenizer;"
                                                    + " the model has 360 tokens, counted from 0")));
            assertThat(answer(engine, "2", "a b")).isInstanceOf(TextEvent.Finished.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ messages[0].content }}<think>",
                "{% if messages[0].role == 'system' %}<think>{% endif %}{{ messages[0].content }}",
                "{% for m in messages %}{% if m.role == 'assistant' %}<think>{% endif %}{{ m.content }}{% endfor %}"
            })
    void aTemplateThatWritesATokenBeyondTheEmbeddingIsRefusedWithTheNumbers(String template)
            throws IOException {
        Path model = withTokenBeyondEmbedding(Fixtures.model("smollm2", folder));
        Fixtures.edit(model.resolve("tokenizer_config.json"), Map.of("chat_template", template));
        Files.deleteIfExists(model.resolve("chat_template.jinja"));

        assertThatThrownBy(() -> TextModels.inspect(model))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining(
                        "writes token 360 (<think>); the model has 360 tokens, counted from 0");
    }

    private static TextEvent answer(TextEngine engine, String id, String text) throws Exception {
        RecordedEvents events = new RecordedEvents();
        engine.submit(
                new TextRequest(
                        new RequestId(id),
                        List.of(new ChatTurn("user", text)),
                        Sampling.GREEDY,
                        2,
                        List.of(),
                        0),
                events);
        return events.end();
    }

    private static Path withTokenBeyondEmbedding(Path model) throws IOException {
        Path file = model.resolve("tokenizer.json");
        ObjectNode tokenizer = (ObjectNode) JSON.readTree(Files.readString(file));
        tokenizer
                .withArray("added_tokens")
                .addObject()
                .put("id", 360)
                .put("content", "<think>")
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false)
                .put("special", false);
        Files.writeString(file, tokenizer.toString());
        return model;
    }

    private static TextEngine load(Path model) {
        return TextModels.load(
                model, TextModelOptions.of("cpu", "fp32").withMaxBatch(4).withThreads(1));
    }
}

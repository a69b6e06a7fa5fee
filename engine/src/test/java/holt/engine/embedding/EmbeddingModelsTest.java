package holt.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.engine.EmbeddingGolden;
import holt.engine.EngineFailure;
import holt.engine.Fixtures;
import holt.engine.RequestId;
import holt.engine.UnloadableModelException;
import holt.engine.torch.DeviceMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EmbeddingModelsTest {
    private static final float EXACT = 1e-4f;
    private static final int WIDTH = 32;

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "xlm-roberta", "qwen3"})
    void vectorsAreThoseOfSentenceTransformers(String name) {
        EmbeddingGolden golden = Fixtures.embeddingGolden(name + "/golden");
        try (EmbeddingEngine engine = load(name)) {
            assertThat(engine.info().maxTokens()).isEqualTo(golden.maxTokens());
            assertThat(engine.info().width()).isEqualTo(WIDTH);
            assertClose(
                    vectors(engine, request(texts(golden.texts()), null, golden.maxTokens(), null)),
                    golden.vectors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "xlm-roberta", "qwen3"})
    void tokensAreThoseOfSentenceTransformers(String name) {
        EmbeddingGolden golden = Fixtures.embeddingGolden(name + "/golden");
        Path path = Fixtures.embeddingModel(name, folder);
        try (var tokenizer = FolderInputTokenizer.load(EmbeddingFolder.read(path))) {
            for (int i = 0; i < golden.texts().size(); i++) {
                var text = new EmbeddingInput.Text(golden.texts().get(i));
                assertThat(tokenizer.encode(text, null, golden.maxTokens()))
                        .isEqualTo(golden.ids().get(i));
            }
        }
    }

    @Test
    void tokensOfAClientAreTakenAsTheyAre() {
        EmbeddingGolden golden = Fixtures.embeddingGolden("bert/golden");
        List<EmbeddingInput> inputs = new ArrayList<>();
        for (long[] ids : golden.ids()) {
            inputs.add(
                    new EmbeddingInput.Tokens(
                            Arrays.stream(ids).mapToObj(id -> (int) id).toList()));
        }
        try (EmbeddingEngine engine = load("bert")) {
            assertClose(vectors(engine, request(inputs, null, null, null)), golden.vectors());
        }
    }

    @Test
    void aNamedPromptIsWrittenBeforeEachText() {
        EmbeddingGolden golden = Fixtures.embeddingGolden("qwen3/golden");
        try (EmbeddingEngine engine = load("qwen3")) {
            assertClose(
                    vectors(engine, request(texts(golden.texts()), null, 32, "query")),
                    golden.queries());
            assertThat(failure(engine, request(texts(List.of("a")), null, null, "other")))
                    .isEqualTo(
                            new EngineFailure.Refused("prompt_name", "must be query or document"));
        }
    }

    @Test
    void fewerDimensionsAreTheFirstNumbersAtTheLengthOne() {
        EmbeddingGolden golden = Fixtures.embeddingGolden("bert/golden");
        try (EmbeddingEngine engine = load("bert")) {
            float[] cut =
                    vectors(engine, request(texts(List.of("Hello, otter!")), 8, null, null))
                            .getFirst();
            float[] whole = golden.vectors().getFirst();
            assertThat(cut).hasSize(8);
            double squares = 0;
            for (float number : cut) {
                squares += number * number;
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
            assertThat(cut[3] / cut[0]).isCloseTo(whole[3] / whole[0], within(1e-3f));
            assertThat(failure(engine, request(texts(List.of("a")), WIDTH + 1, null, null)))
                    .isEqualTo(
                            new EngineFailure.Refused(
                                    "dimensions", "must be from 1 to 32 for this model"));
        }
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithTheNumbers() {
        DeviceMemory.reserve("cpu", Long.MAX_VALUE / 2);
        try {
            assertThatThrownBy(() -> load("bert").close())
                    .isInstanceOf(UnloadableModelException.class)
                    .hasMessageContaining("bert: the model needs 0.")
                    .hasMessageEndingWith("for its weights; cpu has 0.0 MiB left");
        } finally {
            DeviceMemory.release("cpu", Long.MAX_VALUE / 2);
        }
    }

    @Test
    void anInputThatIsTooLongIsRefusedByItsIndex() {
        EmbeddingGolden golden = Fixtures.embeddingGolden("bert/golden");
        List<String> two = List.of("short", golden.texts().getLast());
        try (EmbeddingEngine engine = load("bert")) {
            assertThat(failure(engine, request(texts(two), null, null, null)))
                    .isInstanceOfSatisfying(
                            EngineFailure.PromptTooLong.class,
                            failure -> {
                                assertThat(failure.field()).isEqualTo("input[1]");
                                assertThat(failure.contextLength()).isEqualTo(24);
                            });
        }
    }

    @Test
    void unknownTokensAndNoTokensAreRefused() {
        try (EmbeddingEngine engine = load("bert")) {
            List<EmbeddingInput> unknown = List.of(new EmbeddingInput.Tokens(List.of(3, 9999)));
            List<EmbeddingInput> none = List.of(new EmbeddingInput.Tokens(List.of()));
            assertThat(failure(engine, request(unknown, null, null, null)).toString())
                    .contains("input[0]", "9999");
            assertThat(failure(engine, request(none, null, null, null)))
                    .isEqualTo(new EngineFailure.Refused("input[0]", "has no tokens"));
        }
    }

    @Test
    void aVocabularyAloneGivesTheSameTokensAsTheTokenizer() throws IOException {
        Path path = Fixtures.embeddingModel("bert", folder);
        Path json = path.resolve("tokenizer.json");
        Map<Integer, String> words = new LinkedHashMap<>();
        JsonNode vocabulary =
                new JsonMapper().readTree(Files.readString(json)).path("model").path("vocab");
        vocabulary.forEachEntry((word, id) -> words.put(id.asInt(), word));
        Files.write(
                path.resolve("vocab.txt"),
                words.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .toList());
        Files.delete(json);
        EmbeddingGolden golden = Fixtures.embeddingGolden("bert/golden");
        try (var tokenizer = FolderInputTokenizer.load(EmbeddingFolder.read(path))) {
            for (int i = 0; i < golden.texts().size(); i++) {
                var text = new EmbeddingInput.Text(golden.texts().get(i));
                assertThat(tokenizer.encode(text, null, 24)).isEqualTo(golden.ids().get(i));
            }
        }
    }

    @Test
    void aFolderIsRecognisedByItsModulesOrItsEncoder() throws IOException {
        Path path = Fixtures.embeddingModel("bert", folder);
        assertThat(EmbeddingModels.isModel(path)).isTrue();
        Files.delete(path.resolve("modules.json"));
        assertThat(EmbeddingModels.isModel(path)).isTrue();
        assertThat(EmbeddingFolder.read(path).unit()).isFalse();
        Path decoder = Fixtures.embeddingModel("qwen3", folder);
        assertThat(EmbeddingModels.isModel(decoder)).isTrue();
        assertThat(EmbeddingModels.inspect(decoder).architecture()).isEqualTo("Qwen3Model");
        Files.delete(decoder.resolve("modules.json"));
        assertThat(EmbeddingModels.isModel(decoder)).isFalse();
        assertThat(EmbeddingModels.isModel(Fixtures.model("llama3", folder))).isFalse();
    }

    @Test
    void whatHoltDoesNotComputeIsRefusedByName() throws IOException {
        Path path = Fixtures.embeddingModel("bert", folder);
        Fixtures.edit(
                path.resolve("1_Pooling/config.json"), Map.of("pooling_mode_max_tokens", true));
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> EmbeddingModels.inspect(path))
                .withMessageContaining("pooling mean + max");
        Files.writeString(
                path.resolve("modules.json"),
                "[{\"path\": \"2_Dense\", \"type\": \"sentence_transformers.models.Dense\"},"
                        + "{\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}]");
        assertThat(EmbeddingModels.isModel(path)).isTrue();
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> EmbeddingModels.inspect(path))
                .withMessageContaining("models.Dense");
        Path decoder = Fixtures.embeddingModel("qwen3", folder);
        Fixtures.edit(decoder.resolve("config.json"), Map.of("is_causal", false));
        assertThatExceptionOfType(UnloadableModelException.class)
                .isThrownBy(() -> EmbeddingModels.inspect(decoder))
                .withMessageContaining("is_causal");
    }

    @Test
    void theRealModelGivesTheVectorsOfSentenceTransformers() {
        String given = System.getProperty("minilm.folder", "");
        assumeTrue(!given.isEmpty(), "no all-MiniLM-L6-v2: name its folder with -Dminilm.folder=");
        EmbeddingGolden golden = Fixtures.embeddingGolden("minilm");
        try (EmbeddingEngine engine =
                EmbeddingModels.load(Path.of(given), new EmbeddingModelOptions("cpu", null, 0))) {
            assertClose(
                    vectors(engine, request(texts(golden.texts()), null, 256, null)),
                    golden.vectors());
        }
    }

    private EmbeddingEngine load(String name) {
        return EmbeddingModels.load(
                Fixtures.embeddingModel(name, folder), new EmbeddingModelOptions("cpu", null, 1));
    }

    private static List<EmbeddingInput> texts(List<String> texts) {
        return texts.stream().<EmbeddingInput>map(EmbeddingInput.Text::new).toList();
    }

    private static EmbeddingRequest request(
            List<EmbeddingInput> inputs,
            @Nullable Integer dimensions,
            @Nullable Integer cutTo,
            @Nullable String prompt) {
        return new EmbeddingRequest(new RequestId("r"), inputs, dimensions, cutTo, prompt, 1);
    }

    private static List<float[]> vectors(EmbeddingEngine engine, EmbeddingRequest request) {
        return ((EmbeddingEvent.Finished) run(engine, request)).vectors();
    }

    private static EngineFailure failure(EmbeddingEngine engine, EmbeddingRequest request) {
        return ((EmbeddingEvent.Failed) run(engine, request)).failure();
    }

    private static EmbeddingEvent run(EmbeddingEngine engine, EmbeddingRequest request) {
        var event = new CompletableFuture<EmbeddingEvent>();
        engine.submit(request, event::complete);
        return event.join();
    }

    private static void assertClose(List<float[]> found, @Nullable List<float[]> expected) {
        assertThat(expected).isNotNull();
        assertThat(found).hasSameSizeAs(expected);
        Stream.iterate(0, i -> i + 1)
                .limit(found.size())
                .forEach(i ->
                        assertThat(found.get(i))
                                .as("input %d", i)
                                .containsExactly(expected.get(i), within(EXACT)));
    }
}

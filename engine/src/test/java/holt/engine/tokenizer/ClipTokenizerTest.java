package holt.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.Fixtures;
import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClipTokenizerTest {
    private static final String[] TEXTS = {
        "",
        "An otter  by the RIVER?",
        "it's 42 degrees, naïve café",
        "水獺 🦦 on ice",
        "otter ".repeat(20)
    };
    private static final int PLENTY = 100_000;

    @TempDir Path target;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @CsvSource({
        "sd1,tokenizer,text", // vocab.json and merges.txt
        "sd2,tokenizer,text", // tokenizer.json, padded with an exclamation mark
        "sdxl,tokenizer_2,text2"
    })
    void textsBecomeTheIdsOfTransformers(String name, String tokenizer, String key)
            throws IOException {
        Path folder = Fixtures.imageModel(name, target);
        JsonNode golden =
                new JsonMapper().readTree(Files.readAllBytes(folder.resolve("golden.json")));
        try (ClipTokenizer clip = ClipTokenizer.load(folder.resolve(tokenizer), PLENTY, PLENTY)) {
            for (int i = 0; i < TEXTS.length; i++) {
                long[] expected = new long[golden.path(key).path("ids").path(i).size()];
                for (int j = 0; j < expected.length; j++) {
                    expected[j] = golden.path(key).path("ids").path(i).path(j).asLong();
                }
                assertThat(clip.encode(TEXTS[i]).ids()).as(TEXTS[i]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void whatATextHasNoRoomForIsCounted(String name) {
        Path folder = Fixtures.imageModel(name, target).resolve("tokenizer");
        try (ClipTokenizer clip = ClipTokenizer.load(folder, PLENTY, PLENTY)) {
            assertThat(clip.encode("otter ".repeat(14)).ignored()).isZero();
            assertThat(clip.encode("otter ".repeat(20)).ignored()).isEqualTo(6);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2"})
    void whatSpellsASpecialTokenInATextStaysText(String name) {
        Path folder = Fixtures.imageModel(name, target).resolve("tokenizer");
        try (ClipTokenizer clip = ClipTokenizer.load(folder, PLENTY, PLENTY)) {
            long[] plain = clip.encode("a b").ids();
            long start = plain[0];
            assertThat(
                            Arrays.stream(clip.encode("a <|startoftext|> b").ids())
                                    .filter(id -> id == start))
                    .hasSize(1);
        }
    }

    /** transformers reads such a one in a text as padding, but models were trained with the word. */
    @Test
    void anExclamationMarkIsAWordThoughItIsAlsoThePadding() {
        Path folder = Fixtures.imageModel("sd2", target).resolve("tokenizer");
        try (ClipTokenizer clip = ClipTokenizer.load(folder, PLENTY, PLENTY)) {
            long[] ids = clip.encode("river!").ids();
            long padding = ids[ids.length - 1];
            assertThat(Arrays.stream(ids).filter(id -> id != padding)).hasSize(4);
        }
    }

    @Test
    void aVocabularyThatIsLargerThanTheModelsIsRefused() {
        Path folder = Fixtures.imageModel("sd1", target).resolve("tokenizer");
        assertThatThrownBy(() -> ClipTokenizer.load(folder, PLENTY, 100))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("100 tokens");
    }

    @Test
    void aMissingPaddingTokenIsRefusedByName() throws IOException {
        Path folder = Fixtures.imageModel("sd2", target).resolve("tokenizer");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"pad_token\": \"<pad>\"}");
        assertThatThrownBy(() -> ClipTokenizer.load(folder, PLENTY, PLENTY))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("<pad>");
    }
}

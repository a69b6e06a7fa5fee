package holt.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.GgufFixtures;
import holt.engine.Golden;
import holt.engine.checkpoint.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTokenizerTest {
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;

    @TempDir Path folder;

    @BeforeAll
    static void prepare() {
        Fixtures.prepareRuntime();
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "smollm2"})
    void textsHaveTheIdsOfTransformers(String name) {
        Golden golden = Fixtures.golden(name);
        try (TextTokenizer tokenizer = TextTokenizer.load(GgufFixtures.of(name, folder))) {
            for (Golden.Encoded encoded : golden.texts()) {
                assertThat(encode(tokenizer, encoded.text()))
                        .as(encoded.text())
                        .isEqualTo(encoded.ids());
            }
            assertThat(encode(tokenizer, golden.hostile().text()))
                    .isEqualTo(golden.hostile().ids());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama-bpe | 111 1 aa !!",
                "default   | 111 1 aa !!",
                "qwen2     | 1 1 1 1 aa !!",
                "smollm    | 1 1 1 1 aa !!",
                "gpt-2     | 11 11 aa !!"
            })
    void aTextIsCutAsItsVocabularySays(String cut, String pieces) {
        List<String> tokens = List.of("1", "a", "!", "11", "111", "aa", "!!", "a!");
        Path file =
                new GgufWriter()
                        .text("tokenizer.ggml.model", "gpt2")
                        .text("tokenizer.ggml.pre", cut)
                        .texts("tokenizer.ggml.tokens", tokens)
                        .texts("tokenizer.ggml.merges", List.of("a !", "1 1", "11 1", "a a", "! !"))
                        .write(folder.resolve("cut.gguf"));
        try (TextTokenizer tokenizer = TextTokenizer.load(file)) {
            assertThat(String.join(" ", names(tokenizer, tokens, "1111aa!!"))).isEqualTo(pieces);
        }
    }

    /** Ids: 0 unknown, 1 and 2 begin and end, 3-258 bytes, then pieces with their scores. */
    @Test
    void sentencePieceJoinsTheBestPairAndSpellsTheRestInBytes() {
        List<String> tokens = new ArrayList<>(List.of("<unk>", "<s>", "</s>"));
        List<Integer> types = new ArrayList<>(List.of(UNKNOWN, CONTROL, CONTROL));
        List<Double> scores = new ArrayList<>(List.of(0.0, 0.0, 0.0));
        for (int i = 0; i < 256; i++) {
            tokens.add("<0x%02X>".formatted(i));
            types.add(BYTE);
            scores.add(0.0);
        }
        // In "otter" the two t join first, so that "ot" cannot; in "rot" it can.
        List<String> pieces =
                List.of("\u2581", "o", "t", "e", "r", "tt", "ot", "er", "otter", "\u2581o", "tter");
        List<Double> ranks =
                List.of(-20.0, -21.0, -22.0, -23.0, -24.0, -1.0, -2.0, -3.0, -6.0, -5.0, -4.0);
        pieces.forEach(tokens::add);
        pieces.forEach(_ -> types.add(1));
        scores.addAll(ranks);
        Path file =
                new GgufWriter()
                        .text("tokenizer.ggml.model", "llama")
                        .texts("tokenizer.ggml.tokens", tokens)
                        .wholes("tokenizer.ggml.token_type", types)
                        .reals("tokenizer.ggml.scores", scores)
                        .write(folder.resolve("spm.gguf"));
        try (TextTokenizer tokenizer = TextTokenizer.load(file)) {
            assertThat(names(tokenizer, tokens, "otter otter"))
                    .containsExactly("\u2581o", "tter", "\u2581o", "tter");
            assertThat(names(tokenizer, tokens, "rot")).containsExactly("\u2581", "r", "ot");
            assertThat(names(tokenizer, tokens, "oé"))
                    .containsExactly("\u2581o", "<0xC3>", "<0xA9>");
            assertThat(tokenizer.decode(encode(tokenizer, "otter oé"))).isEqualTo("otter oé");
            assertThat(tokenizer.text(258 + 10).text()).isEqualTo(" o");
        }
    }

    private static List<String> names(TextTokenizer tokenizer, List<String> tokens, String text) {
        List<String> names = new ArrayList<>();
        for (long id : encode(tokenizer, text)) {
            names.add(tokens.get((int) id));
        }
        return names;
    }

    private static long[] encode(TextTokenizer tokenizer, String text) {
        return tokenizer.encode(List.of(text), List::getFirst);
    }
}

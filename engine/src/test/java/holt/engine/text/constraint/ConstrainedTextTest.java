package holt.engine.text.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.decoder.Logits;
import holt.engine.text.sampling.Sampler;
import holt.engine.text.sampling.Sampling;
import holt.engine.tokenizer.TokenText;
import holt.grammar.Constraint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConstrainedTextTest {
    private static final int END = 0;
    private static final List<String> WORDS =
            List.of(
                    "<end>", "yes", "ye", "s", "y", "e", "no", "{\"", "\":", "\"}", "true", "aa",
                    "\",\"", "}}");

    /** The words, and each byte from token 100 on. */
    private final Constraints constraints = new Constraints(356, this::text, Set.of((long) END));

    private TokenText text(long id) {
        if (id >= 100) {
            return new TokenText("", List.of((int) id - 100));
        }
        if (id == END || id >= WORDS.size()) {
            return new TokenText("", null);
        }
        byte[] bytes = WORDS.get((int) id).getBytes(StandardCharsets.UTF_8);
        return new TokenText(
                WORDS.get((int) id),
                IntStream.range(0, bytes.length).map(i -> bytes[i]).boxed().toList());
    }

    @Test
    void tokensThatContinueATextAreAllowed() {
        ConstrainedText text = text(new Constraint.Choice(List.of("yes", "yet", "no")));
        assertThat(allowed(text, 100))
                .containsExactlyInAnyOrder("yes", "ye", "y", "no", "y!", "n!");
        text.append(WORDS.indexOf("ye"));
        assertThat(allowed(text, 100)).containsExactlyInAnyOrder("s", "s!", "t!");
        text.append(WORDS.indexOf("s"));
        assertThat(text.hasEnded()).isTrue();
    }

    @Test
    void theEndTokenIsAllowedOnlyWhereTheTextIsComplete() {
        ConstrainedText text = text(new Constraint.Regex("e{2,3}"));
        assertThat(allowed(text, 100)).doesNotContain("<end>");
        text.append(WORDS.indexOf("e"));
        text.append(WORDS.indexOf("e"));
        assertThat(allowed(text, 100)).containsExactlyInAnyOrder("<end>", "e", "e!");
        assertThat(text.hasEnded()).isFalse();
        assertThat(allowed(text, 1)).containsExactly("<end>");
        text.append(WORDS.indexOf("e"));
        assertThat(text.hasEnded()).isTrue();
    }

    @Test
    void aTokenMaySpanSeveralPartsOfAText() {
        ConstrainedText text =
                text(
                        new Constraint.JsonSchema(
                                "{\"type\":\"object\",\"properties\":{\"a\":{\"properties\":{\"b\":{\"type\":\"string\"}},\"required\":[\"b\"]}},\"required\":[\"a\"]}"));
        write(text, "{\"", "a!", "\":", "{\"", "b!", "\":", "\"!", "aa", "\"}", "}!");
        assertThat(text.hasEnded()).isTrue();
    }

    @Test
    void theRemainingTokensCanAlwaysCloseTheText() {
        String schema =
                "{\"properties\":{\"a\":{\"type\":\"string\"},\"b\":{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]}},\"required\":[\"a\",\"b\"]}";
        for (int max : new int[] {20, 21, 25, 60}) {
            for (int seed = 0; seed < 50; seed++) {
                ConstrainedText text = text(new Constraint.JsonSchema(schema));
                var sampler = new Sampler(new Sampling(2, 1, (long) seed), new long[0]);
                var random = new Random(seed);
                for (int left = max; !text.hasEnded(); left--) {
                    assertThat(left).as("tokens left of " + max).isPositive();
                    text.append(sampler.next(logits(random), 0, text.allowed(left)));
                }
            }
        }
    }

    @Test
    void aTextThatDoesNotFitGoesTheShortestWay() {
        ConstrainedText text = text(new Constraint.Regex("(aa){4}|no"));
        assertThat(allowed(text, 1)).contains("no").doesNotContain("aa");
        ConstrainedText only = text(new Constraint.Regex("(aa){4}"));
        assertThat(allowed(only, 2)).containsExactly("aa");
    }

    @Test
    void aTextThatTheVocabularyCannotSpellFails() {
        var poor = new Constraints(WORDS.size(), this::text, Set.of((long) END));
        ConstrainedText text = poor.compile(new Constraint.Regex("yesx")).newText();
        text.append(WORDS.indexOf("yes"));
        assertThatThrownBy(() -> text.allowed(5)).hasMessageContaining("no token can follow");
    }

    @Test
    void textsOfOneGrammarDoNotDisturbEachOther() {
        var compiled = constraints.compile(new Constraint.Choice(List.of("yes", "no")));
        ConstrainedText first = compiled.newText();
        ConstrainedText second = compiled.newText();
        first.append(WORDS.indexOf("no"));
        assertThat(first.hasEnded()).isTrue();
        assertThat(second.hasEnded()).isFalse();
        assertThat(allowed(second, 9)).contains("yes", "no");
    }

    @Test
    void theSamplerDrawsOnlyAllowedTokensInEveryMode() {
        long[] allowed = {1L << 3 | 1L << 40, 1L << 5};
        var random = new Random(1);
        float[] values = new float[100];
        for (double temperature : new double[] {0, 0.01, 1, 50}) {
            for (int topK : new int[] {0, 2}) {
                for (double topP : new double[] {1, 0.5, 0}) {
                    var penalties = new Sampling.Penalties(1, 1, 1.5);
                    var sampler =
                            new Sampler(
                                    new Sampling(
                                            temperature,
                                            topK,
                                            topP,
                                            0.01,
                                            penalties,
                                            java.util.Map.of(7, 100.0),
                                            1L),
                                    new long[] {7});
                    for (int i = 0; i < 50; i++) {
                        for (int j = 0; j < values.length; j++) {
                            values[j] = (float) random.nextGaussian() * 20;
                        }
                        assertThat(sampler.next(new Logits(values, 100), 0, allowed))
                                .isIn(3, 40, 69);
                    }
                }
            }
        }
    }

    private ConstrainedText text(Constraint constraint) {
        return constraints.compile(constraint).newText();
    }

    /** Words, or single characters with an exclamation mark. */
    private static List<String> allowed(ConstrainedText text, int remaining) {
        List<String> all = new ArrayList<>();
        BitSet.valueOf(text.allowed(remaining)).stream()
                .forEach(token ->
                        all.add(token < 100 ? WORDS.get(token) : (char) (token - 100) + "!"));
        return all;
    }

    private static void write(ConstrainedText text, String... words) {
        for (String word : words) {
            assertThat(allowed(text, 100)).contains(word);
            text.append(word.endsWith("!") ? 100 + word.charAt(0) : WORDS.indexOf(word));
        }
    }

    private static Logits logits(Random random) {
        float[] values = new float[356];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Logits(values, values.length);
    }
}

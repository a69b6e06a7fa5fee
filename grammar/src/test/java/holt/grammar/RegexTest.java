package holt.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.grammar.refusal.RefusedConstraintException;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static final String ALPHABET = "aabbc01_-. \n\"\\é😀Z";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*b+c?",
                "(a|b)*a(a|b){2}",
                "[^ab]+",
                "[a-c0-9_]{1,3}",
                "\\w+\\s?\\d*",
                ".*",
                "\\D\\S\\W?",
                "(?:ab|a)(b?)c{0,2}",
                "(?<year>[01]{2,})-(0|1)",
                "é+😀?",
                "[\\u00e0-\\u00ff😀]*",
                "\\x61\\.|\\\\\\\"",
                "a{2}|a{4,}|",
                "(a*?b){2}",
                "[\\s\\S]b",
                "\\-|[-a]"
            })
    void agreesWithJavaOnRandomTexts(String expression) {
        Pattern java = Pattern.compile(expression);
        var random = new Random(3);
        var constraint = new Constraint.Regex(expression);
        var grammar = CompileConstraint.compile(constraint);
        for (int i = 0; i < 500; i++) {
            String text = text(random);
            assertThat(RandomText.matches(constraint, text))
                    .as("%s on %s", expression, text)
                    .isEqualTo(java.matcher(text).matches());
        }
        for (int i = 0; i < 50; i++) {
            String text = RandomText.of(grammar, random.nextInt(12), random);
            if (text.codePoints().noneMatch(c -> c == 0x85 || c == '\u2028' || c > 127)) {
                assertThat(text).matches(java);
            }
        }
    }

    private static String text(Random random) {
        int[] characters = ALPHABET.codePoints().toArray();
        var text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(?=a)b; look-ahead",
                "(?!a)b; look-ahead",
                "(?<=a)b; look-behind",
                "(?<!a)b; look-behind",
                "(a)\\1; back-references",
                "(?<x>a)\\k<x>; back-references",
                "\\bword\\b; word boundaries",
                "\\p{L}; Unicode properties",
                "a(^b)c; at the ends",
                "(a; without its )",
                "a); without its (",
                "[a; ends too early",
                "a**; quantifier after a quantifier",
                "*a; nothing to repeat",
                "a{2,1}; out of order",
                "[z-a]; out of order",
                "a{; no quantifier",
                "a{200000}; repetitions",
                "\\q; unknown"
            })
    void refusesByName(String expression, String reason) {
        assertThatThrownBy(() -> CompileConstraint.compile(new Constraint.Regex(expression)))
                .isInstanceOf(RefusedConstraintException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void anExpressionWithoutTextIsRefused() {
        assertThatThrownBy(() -> CompileConstraint.compile(new Constraint.Regex("a[]")))
                .hasMessageContaining("no text matches");
    }

    @Test
    void aChoiceHasItsTextsOnly() {
        var choice = new Constraint.Choice(java.util.List.of("yes", "yes, but", "no"));
        assertThat(RandomText.matches(choice, "yes")).isTrue();
        assertThat(RandomText.matches(choice, "yes, but")).isTrue();
        assertThat(RandomText.matches(choice, "yes, ")).isFalse();
        assertThat(RandomText.matches(choice, "")).isFalse();
        assertThat(RandomText.matches(choice, "noo")).isFalse();
    }
}

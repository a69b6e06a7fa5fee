package holt.engine.text.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonScannerTest {
    private static final String SAMPLE =
            "{\"a\": [1, -2.5e+3, true, false, null, {}], \"b\\u00e9\\n\": \"x \\\"y\\\" \\\\\", \"c\": [[], \"\"]}";
    private static final String CHARACTERS = "{}[]\",:\\ntrue0-.9eEu +\n\u0001x";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    @Test
    void anObjectIsWholeAtItsLastCharacterAndNotBefore() {
        JsonScanner scanner = new JsonScanner();
        for (int i = 0; i < SAMPLE.length(); i++) {
            assertThat(scanner.status()).isEqualTo(JsonScanner.Status.OPEN);
            scanner.next(SAMPLE.charAt(i));
        }
        assertThat(scanner.status()).isEqualTo(JsonScanner.Status.DONE);
    }

    static Stream<String> damaged() {
        Random random = new Random(20250305);
        return Stream.generate(
                        () -> {
                            StringBuilder text = new StringBuilder(SAMPLE);
                            for (int i = random.nextInt(3); i >= 0; i--) {
                                int at = 1 + random.nextInt(text.length() - 2);
                                char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                                switch (random.nextInt(3)) {
                                    case 0 -> text.deleteCharAt(at);
                                    case 1 -> text.insert(at, c);
                                    default -> text.setCharAt(at, c);
                                }
                            }
                            return text.toString();
                        })
                .limit(2000);
    }

    @Test
    void aParserAgreesAboutDamagedObjects() {
        assertThat(damaged())
                .allSatisfy(text -> assertThat(isWhole(text)).as(text).isEqualTo(isJson(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{,",
                "{\"a\" 1",
                "[1,]",
                "{\"a\":1,}",
                "[01]",
                "[tru]",
                "{]",
                "x",
                "\"",
                "1",
                "[\"\n",
                "['"
            })
    void whatIsNoJsonIsBroken(String text) {
        assertThat(scan(text).status()).isEqualTo(JsonScanner.Status.BROKEN);
    }

    @Test
    void nestingHasALimit() {
        assertThat(scan("[".repeat(100)).status()).isEqualTo(JsonScanner.Status.OPEN);
        assertThat(scan("[".repeat(101)).status()).isEqualTo(JsonScanner.Status.BROKEN);
    }

    private static JsonScanner scan(String text) {
        JsonScanner scanner = new JsonScanner();
        for (int i = 0; i < text.length() && scanner.status() == JsonScanner.Status.OPEN; i++) {
            scanner.next(text.charAt(i));
        }
        return scanner;
    }

    private static boolean isWhole(String text) {
        JsonScanner scanner = new JsonScanner();
        int index = 0;
        while (index < text.length() && scanner.status() == JsonScanner.Status.OPEN) {
            scanner.next(text.charAt(index++));
        }
        return scanner.status() == JsonScanner.Status.DONE && index == text.length();
    }

    private static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }
}

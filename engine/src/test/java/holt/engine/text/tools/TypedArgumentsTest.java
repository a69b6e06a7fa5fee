package holt.engine.text.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TypedArgumentsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            quoteCharacter = '`',
            value = {
                "{\"type\":\"string\"}                     | 5              | \"5\"",
                "{\"type\":\"string\"}                     | True           | \"True\"",
                "{\"type\":\"string\"}                     | {\"a\":1}      | \"{\\\"a\\\":1}\"",
                "{\"type\":\"string\"}                     | \"a\"          | \"\\\"a\\\"\"",
                "{\"type\":\"integer\"}                    | 5              | 5",
                "{\"type\":\"integer\"}                    | 1.5            | \"1.5\"",
                "{\"type\":\"integer\"}                    | five           | \"five\"",
                "{\"type\":\"number\"}                     | 5              | 5",
                "{\"type\":\"number\"}                     | 1.50           | 1.50",
                "{\"type\":\"number\"}                     | 5 6            | \"5 6\"",
                "{\"type\":\"boolean\"}                    | True           | true",
                "{\"type\":\"boolean\"}                    | false          | false",
                "{\"type\":\"array\"}                      | [1, \"a\"]      | [1, \"a\"]",
                "{\"type\":\"object\"}                     | {\"a\": [}      | \"{\\\"a\\\": [}\"",
                "{\"type\":[\"string\",\"null\"]}          | None           | null",
                "{\"type\":[\"string\",\"null\"]}          | Nobody         | \"Nobody\"",
                "{\"anyOf\":[{\"$ref\":\"#\"},{\"type\":\"null\"}]} | {\"a\": 1} | {\"a\": 1}",
                "{\"$ref\":\"#/$defs/A\"}                  | {\"a\": 1}     | {\"a\": 1}",
                "{}                                       | 5              | \"5\"",
                "{}                                       | [5]            | [5]",
            })
    void aValueHasTheTypeOfItsSchema(String schema, String text, String json) {
        Map<?, ?> type = new JsonMapper().readValue(schema, Map.class);

        assertThat(
                        TypedArguments.json(
                                Map.of("a \"b\"", text),
                                Map.of("properties", Map.of("a \"b\"", type))))
                .isEqualTo("{\"a \\\"b\\\"\": " + json + "}");
    }
}

package holt.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import holt.grammar.refusal.RefusedConstraintException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedSchemasTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not",
                "if",
                "patternProperties",
                "propertyNames",
                "minProperties",
                "maxProperties",
                "dependentRequired",
                "dependentSchemas",
                "contains",
                "uniqueItems",
                "multipleOf",
                "unevaluatedProperties",
                "unevaluatedItems",
                "$dynamicRef",
                "$anchor",
                "nullable"
            })
    void unsupportedKeywordsAreRefusedByName(String keyword) {
        refuses(
                "{\"type\":\"object\",\"properties\":{\"a/b\":{\"%s\":1}}}".formatted(keyword),
                "#/properties/a~1b/" + keyword + ": the keyword is not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'type':'string','format':'regex'}; #/format: the format regex is not supported",
                "{'type':'string','pattern':'(?=a)'}; #/pattern: regular expression, character 2: look-ahead",
                "{'$ref':'http://x/y'}; #/$ref: only references within the schema",
                "{'$ref':'#/$defs/x'}; #/$ref: #/$defs/x does not exist",
                "{'type':'text'}; #/type: must be one or more of",
                "{'enum':[]}; #/enum: must be an array that is not empty",
                "{'type':'string','enum':[1]}; no value is allowed",
                "{'type':'integer','minimum':5,'maximum':4}; no number is within the bounds",
                "{'type':'number','minimum':0.5}; #/minimum: must be a whole number",
                "{'type':'string','minLength':2,'maxLength':1}; #/minLength: more than maxLength",
                "{'type':'array','minItems':2,'maxItems':1}; #/minItems: more than the array can have",
                "{'type':'string','pattern':'^a$','minLength':3}; no string is valid here",
                "{'required':['a'],'properties':{'a':false}}; the required property a is not allowed",
                "{'oneOf':[{'type':'integer'},{'type':'number'}]}; #/oneOf: branches 0 and 1 must differ",
                "{'allOf':[{'type':'string'},{'type':'null'}]}; no type is allowed by all",
                "{'anyOf':[{'$ref':'#'},{'type':'null'}]}; leads back to itself",
                "{'type':'object','properties':{'a':{'$ref':'#'}},'required':['a']}; no text of less than",
                "{'type':'string','minLength':1000000}; no text of less than",
                "false; the schema false allows nothing",
                "3; a schema must be an object or a boolean",
                "{; no JSON"
            })
    void schemasAreRefusedWithTheirPlace(String schema, String message) {
        refuses(schema.replace('\'', '"'), message);
    }

    /** Each of them would be huge as an automaton, or takes exponentially long. */
    @Test
    void hostileSchemasAreRefusedWithin100Milliseconds() {
        String nested = "{\"type\":\"array\",\"items\":".repeat(400) + "{}" + "}".repeat(400);
        String many =
                IntStream.range(0, 4000)
                        .mapToObj(i ->
                                "\"p%d\":{\"type\":\"string\",\"pattern\":\"a{50}$\"}".formatted(i))
                        .collect(Collectors.joining(",", "{\"properties\":{", "}}"));
        String doubling =
                IntStream.range(1, 60)
                        .mapToObj(i ->
                                "\"d%d\":{\"type\":\"array\",\"items\":{\"$ref\":\"#/$defs/d%d\"},\"minItems\":2}"
                                        .formatted(i, i - 1))
                        .collect(
                                Collectors.joining(
                                        ",",
                                        "{\"$ref\":\"#/$defs/d59\",\"$defs\":{\"d0\":{\"type\":\"null\"},",
                                        "}}"));
        String merged = "{\"allOf\":[{\"$ref\":\"#\"},{\"properties\":{\"a\":{\"$ref\":\"#\"}}}]}";
        List<String> hostile =
                List.of(
                        nested,
                        many,
                        doubling,
                        merged,
                        "{\"type\":\"string\",\"pattern\":\"(a|b)*a(a|b){18}$\"}",
                        "{\"type\":\"string\",\"pattern\":\"((((x{30}){30}){30}){30})\"}",
                        "{\"type\":\"string\",\"pattern\":\"(.*a){40}\",\"maxLength\":5000}",
                        "{\"type\":\"array\",\"items\":{},\"minItems\":9999999}",
                        "[".repeat(100_000),
                        " ".repeat(200_000));
        for (String schema : hostile) {
            String start = schema.substring(0, Math.min(80, schema.length()));
            long least = Long.MAX_VALUE; // the first run also loads classes
            for (int i = 0; i < 3; i++) {
                long from = THREADS.getCurrentThreadCpuTime();
                Throwable refusal =
                        catchThrowable(
                                () -> CompileConstraint.compile(new Constraint.JsonSchema(schema)));
                least = Math.min(least, THREADS.getCurrentThreadCpuTime() - from);
                assertThat(refusal).as(start).isInstanceOf(RefusedConstraintException.class);
            }
            assertThat(least / 1_000_000).as("ms for " + start).isLessThan(100);
        }
    }

    private static void refuses(String schema, String message) {
        assertThatThrownBy(() -> CompileConstraint.compile(new Constraint.JsonSchema(schema)))
                .isInstanceOf(RefusedConstraintException.class)
                .hasMessageContaining(message);
    }
}

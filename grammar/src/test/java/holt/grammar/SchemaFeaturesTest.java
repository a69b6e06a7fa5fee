package holt.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A text that the grammar has is valid; a text that is not valid is not in the grammar. */
class SchemaFeaturesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'type':'string'}; 'a\\u00e9\\ud83d\\ude00\\n'; 'a\\x'",
                "{'type':'string'}; '\\/'; '\\ud83d'",
                "{'type':'string','minLength':2,'maxLength':3}; 'a😀\\n'; 'a'",
                "{'type':'string','minLength':2,'maxLength':3}; 'ab'; 'abcd'",
                "{'type':'string','pattern':'b+'}; 'abbc'; 'ac'",
                "{'type':'string','pattern':'^b|c$'}; 'bxx'; 'xbx'",
                "{'type':'string','pattern':'^[^x]$'}; '\\''; 'x'",
                "{'type':'string','format':'date'}; '2024-02-29'; '2023-02-29'",
                "{'type':'string','format':'time'}; '12:30:00Z'; '24:00:00Z'",
                "{'type':'string','format':'date-time'}; '2024-12-31T23:59:59.5+02:00'; '2024-12-31'",
                "{'type':'string','format':'ipv4'}; '255.0.0.1'; '256.0.0.1'",
                "{'type':'string','format':'uuid'}; '123e4567-e89b-12d3-a456-426614174000'; '123e4567'",
                "{'type':'integer'}; -120; 1.5",
                "{'type':'integer','minimum':-5,'exclusiveMaximum':100}; 99; 100",
                "{'type':'integer','exclusiveMinimum':0}; 1; 0",
                "{'type':'number'}; -1.5e-7; 01",
                "{'type':'number','minimum':0,'maximum':1}; 1.00; 1.01",
                "{'type':'number','exclusiveMinimum':-2,'maximum':0}; -1.99; -2",
                "{'type':'boolean'}; true; 'true'",
                "{'type':['null','integer']}; null; 'x'",
                "{'enum':['a',{'b':[1]}]}; {'b':[1]}; 'b'",
                "{'const':[1,'x']}; [1,'x']; [1]",
                "{'type':'array','items':{'type':'null'},'minItems':1}; [null, null]; []",
                "{'type':'array','items':{'type':'null'},'maxItems':1}; []; [null,null]",
                "{'prefixItems':[{'type':'null'}],'items':{'type':'integer'}}; [null,3,4]; [3]",
                "{'prefixItems':[{'type':'null'}],'items':false}; [null]; [null,1]",
                "{'properties':{'a':{'type':'null'},'b':{}},'required':['b']}; {'b': 1}; {'a':null}",
                "{'properties':{'a':{'type':'null'}},'additionalProperties':false}; {}; {'b':1}",
                "{'properties':{'a':{'type':'null'}},'additionalProperties':{'type':'integer'}}; {'a':null,'b':1,'ab':2}; {'a':null,'b':null}",
                "{'type':'object','required':['x']}; {'x':{'y':[]}}; {'y':1}",
                "{'anyOf':[{'type':'null'},{'minLength':2}]}; 'ab'; 'a'",
                "{'oneOf':[{'type':'null'},{'type':'integer'}]}; null; 'a'",
                "{'allOf':[{'required':['a'],'properties':{'a':{'type':'integer'}}},{'properties':{'a':{'maximum':3}}}]}; {'a':3}; {'a':4}",
                "{'properties':{'n':{'anyOf':[{'$ref':'#'},{'type':'null'}]}},'required':['n']}; {'n':{'n':null}}; {'n':{}}",
                "{'type':'object','properties':{'a':{'type':'integer'},'b':{'type':'integer'}}}; {\\n  'a': 1,\\n  'b': 2\\n}; {'a':1 2}"
            })
    void acceptsAndRejects(String schema, String good, String bad) {
        String json = json(schema);
        var constraint = new Constraint.JsonSchema(json);
        assertThat(new Valid(json).errors(json(good))).as(good).isEmpty();
        assertThat(RandomText.matches(constraint, json(good))).as(good).isTrue();
        assertThat(RandomText.matches(constraint, json(bad))).as(bad).isFalse();
    }

    private static String json(String text) {
        return text.replace("\\''", "\\\"'")
                .replace('\'', '"')
                .replace("\\n ", "\n ")
                .replace("\\n}", "\n}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'b':1,'a':2}", // the schema's order is the only one
                "{'a':1  ,'b':2}",
                "{'a':  1,'b':2}",
                "{'a':1,'b':2,'c':3}"
            })
    void otherOrdersMoreWhitespaceAndUnnamedPropertiesAreNotWritten(String text) {
        var constraint =
                new Constraint.JsonSchema(
                        json("{'properties':{'a':{'type':'integer'},'b':{'type':'integer'}}}"));
        assertThat(RandomText.matches(constraint, json(text))).isFalse();
    }
}

package holt.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SchemaCorpusTest {
    @Test
    void randomTextsOf200SchemasAreValid() {
        var random = new Random(1);
        assertThat(SchemaCorpus.all()).hasSize(200);
        SchemaCorpus.all()
                .forEach((name, schema) -> {
                    var grammar = CompileConstraint.compile(new Constraint.JsonSchema(schema));
                    var valid = new Valid(schema);
                    for (int i = 0; i < 20; i++) {
                        String text = RandomText.of(grammar, random.nextInt(300), random);
                        assertThat(valid.errors(text))
                                .as("%s %s: %s", name, schema, text)
                                .isEmpty();
                    }
                });
    }
}

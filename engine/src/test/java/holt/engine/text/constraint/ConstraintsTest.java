package holt.engine.text.constraint;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.tokenizer.TokenText;
import holt.grammar.CompileConstraint;
import holt.grammar.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConstraintsTest {
    private static final Constraint.JsonSchema GOOD =
            new Constraint.JsonSchema("{\"type\":\"string\"}");
    private static final Constraint.JsonSchema BAD =
            new Constraint.JsonSchema("{\"not\":{\"type\":\"string\"}}");

    private final List<Constraint> compiled = new ArrayList<>();
    private final Constraints constraints =
            new Constraints(
                    1,
                    _ -> new TokenText("a", List.of(97)),
                    Set.of(),
                    constraint -> {
                        compiled.add(constraint);
                        return CompileConstraint.compile(constraint);
                    });

    @Test
    void whetherASchemaIsSupportedIsRemembered() {
        for (int i = 0; i < 3; i++) {
            assertThat(constraints.supports(GOOD)).isTrue();
            assertThat(constraints.supports(BAD)).isFalse();
        }

        assertThat(compiled).containsExactly(GOOD, BAD);
    }

    @Test
    void theTextOfALongSchemaIsNotKept() {
        var tall =
                new Constraint.JsonSchema(
                        "{\"type\":\"string\",\"description\":\"" + "x".repeat(65_536) + "\"}");

        assertThat(constraints.supports(tall)).isTrue();
        assertThat(constraints.supports(tall)).isTrue();

        assertThat(compiled).hasSize(2);
    }

    @Test
    void aGrammarIsCompiledOnce() {
        constraints.compile(GOOD);
        constraints.compile(GOOD);

        assertThat(compiled).containsExactly(GOOD);
    }
}

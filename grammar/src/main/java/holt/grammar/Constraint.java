package holt.grammar;

import java.util.List;

/** What a generated text must be. {@link CompileConstraint} checks it. */
public sealed interface Constraint {
    /** Any JSON object. */
    record JsonObject() implements Constraint {}

    /** A JSON value that is valid for a schema. */
    record JsonSchema(String schema) implements Constraint {}

    /** A text that an ECMAScript regular expression matches as a whole. */
    record Regex(String expression) implements Constraint {}

    /** One of some texts. */
    record Choice(List<String> texts) implements Constraint {
        public Choice {
            texts = List.copyOf(texts);
        }
    }

    /**
     * A text between two fixed ones.
     *
     * @param before may be empty
     * @param after may be empty
     */
    record Framed(String before, Constraint inside, String after) implements Constraint {}

    /** One of some forms. */
    record Either(List<Constraint> forms) implements Constraint {
        public Either {
            forms = List.copyOf(forms);
        }
    }
}

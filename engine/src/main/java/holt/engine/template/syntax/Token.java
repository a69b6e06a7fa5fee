package holt.engine.template.syntax;

/**
 * One token of a template's source.
 *
 * @param text literal text for {@link Kind#DATA}, the decoded value of a string, otherwise the source
 * @param line from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        DATA,
        BLOCK_BEGIN,
        BLOCK_END,
        VARIABLE_BEGIN,
        VARIABLE_END,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        OPERATOR,
        END
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    String describe() {
        return kind == Kind.END ? "the end of the template" : "'" + text + "'";
    }
}

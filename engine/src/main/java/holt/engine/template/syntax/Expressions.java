package holt.engine.template.syntax;

import holt.engine.template.syntax.Node.Expr;

/** Parses expressions inside other expressions. */
interface Expressions {
    /** One expression. */
    Expr expression();

    /** One expression, or several with commas between them as a tuple. */
    Expr tuple();
}

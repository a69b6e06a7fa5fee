/**
 * From a template's source to its syntax tree.
 *
 * <p>Easy to get wrong: the precedence of operators is Jinja2's and not Python's, and one newline at the end of the source is
 * dropped. Knows the names of filters and tests, but evaluates nothing.
 */
@NullMarked
package holt.engine.template.syntax;

import org.jspecify.annotations.NullMarked;

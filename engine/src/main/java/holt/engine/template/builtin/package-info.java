/**
 * The filters, tests, functions and methods that templates can use.
 *
 * <p>Easy to get wrong: results must equal Python's byte for byte, because models were trained on them. Knows no syntax and
 * no scopes.
 */
@NullMarked
package holt.engine.template.builtin;

import org.jspecify.annotations.NullMarked;

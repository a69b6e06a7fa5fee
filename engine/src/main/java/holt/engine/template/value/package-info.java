/**
 * The values of the template language, with Python's arithmetic, comparison, text and printing.
 *
 * <p>Easy to get wrong: everything that copies or scans a value must spend from the budget. Knows no syntax and no builtins.
 */
@NullMarked
package holt.engine.template.value;

import org.jspecify.annotations.NullMarked;

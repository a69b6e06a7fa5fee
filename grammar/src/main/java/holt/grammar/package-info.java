/**
 * Constraints on generated texts, and their grammars.
 *
 * <p>The API compiles a constraint to refuse it early, the engine compiles it to follow it. So this module knows neither.
 */
@NullMarked
package holt.grammar;

import org.jspecify.annotations.NullMarked;

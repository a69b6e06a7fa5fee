/**
 * Constrained decoding: which tokens keep a text within a grammar, and short enough to be closed in time.
 *
 * <p>{@link holt.engine.text.constraint.Constraints} compiles on any thread. All else belongs to the engine's thread. Easy to
 * get wrong: a token may end one lexeme, contain others, and begin one more.
 */
@NullMarked
package holt.engine.text.constraint;

import org.jspecify.annotations.NullMarked;

/**
 * Regular expressions: parsing ECMAScript's syntax, and from an expression to a deterministic automaton over UTF-8 bytes.
 *
 * <p>Easy to get wrong: an automaton without its dead states. Text must never reach a state that cannot accept.
 */
@NullMarked
package holt.grammar.regex;

import org.jspecify.annotations.NullMarked;

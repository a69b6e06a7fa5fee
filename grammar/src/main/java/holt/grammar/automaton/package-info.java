/**
 * A pushdown automaton over bytes. A {@link holt.grammar.automaton.Grammar} is a set of rules, whose edges are
 * {@linkplain holt.grammar.automaton.Lexeme lexemes} and calls of rules. An {@link holt.grammar.automaton.Automaton} follows a
 * text through it, in all possible ways at once.
 */
@NullMarked
package holt.grammar.automaton;

import org.jspecify.annotations.NullMarked;

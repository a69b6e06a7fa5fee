/** Why a constraint is refused, and how much work a constraint may cost. */
@NullMarked
package holt.grammar.refusal;

import org.jspecify.annotations.NullMarked;

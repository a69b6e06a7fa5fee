/**
 * What clients see when something breaks. Each row of {@code docs/faults.md} has a test, and the invariants hold after it.
 *
 * <p>Easy to get wrong: a bound in seconds depends on the CPU time that the processes get. Bound what clients see, not how fast this machine is.
 */
@NullMarked
package holt.system.faults;

import org.jspecify.annotations.NullMarked;

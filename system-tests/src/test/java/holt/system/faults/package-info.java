/** What clients see when something breaks: one test for each row of {@code docs/faults.md}, and the invariants after each. */
@NullMarked
package holt.system.faults;

import org.jspecify.annotations.NullMarked;

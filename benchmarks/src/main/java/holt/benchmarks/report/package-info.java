/** What every benchmark prints: medians with their spread, and the machine. Does not know what was measured. */
@NullMarked
package holt.benchmarks.report;

import org.jspecify.annotations.NullMarked;

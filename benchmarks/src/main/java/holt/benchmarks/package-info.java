/** Measurements as ratios in one run. */
@NullMarked
package holt.benchmarks;

import org.jspecify.annotations.NullMarked;

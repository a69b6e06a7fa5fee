/** What all processes measure in the same way. Gauges cost nothing until somebody asks for them. */
@NullMarked
package holt.metrics;

import org.jspecify.annotations.NullMarked;

/** What a worker measures of its jobs. */
@NullMarked
package holt.worker.metrics;

import org.jspecify.annotations.NullMarked;

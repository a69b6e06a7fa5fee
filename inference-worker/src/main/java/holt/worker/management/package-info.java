/** A worker's port for operators: health, readiness, metrics. It knows nothing of jobs. */
@NullMarked
package holt.worker.management;

import org.jspecify.annotations.NullMarked;

/**
 * From a claimed job to its outcome: the models that this worker serves, and what ends a run early (deadline, cancellation).
 *
 * <p>Easy to get wrong: replies come on the engine thread, which must not block.
 */
@NullMarked
package holt.worker.run;

import org.jspecify.annotations.NullMarked;

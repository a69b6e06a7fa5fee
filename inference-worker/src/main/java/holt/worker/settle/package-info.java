/**
 * Makes an outcome final: stores what is too large for a record, then publishes the reply and the {@code Finished} event, another attempt, or
 * a dead letter.
 */
@NullMarked
package holt.worker.settle;

import org.jspecify.annotations.NullMarked;

/**
 * What operators have ordered, which every API instance obeys from then on, also after a restart.
 *
 * <p>Does not know: the queue, which asks it; Kafka, except {@code log}.
 */
@NullMarked
package holt.api.controls;

import org.jspecify.annotations.NullMarked;

/**
 * What operators have changed: each change is noted before it is made.
 *
 * <p>Does not know: callers and keys, since the routes for keys are audited, too; Kafka, except {@code log}.
 */
@NullMarked
package holt.api.audit;

import org.jspecify.annotations.NullMarked;

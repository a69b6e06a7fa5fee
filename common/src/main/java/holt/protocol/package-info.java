/**
 * Everything that travels over Kafka: sealed records, typed ids and their versioned JSON codec ({@link holt.protocol.Codec}).
 *
 * <p>Easy to get wrong: a job's outcome is its <em>first</em> {@link holt.protocol.JobEvent.Finished} in log order, not the reply that
 * happened to arrive first; a claim id fences replies, an acknowledgement does not; a deadline is a time on the broker's clock.
 * Consumers switch over the sealed families without {@code default}, so a new message breaks the build where somebody must care.
 *
 * <p>Knows no Kafka client, no HTTP and no engine.
 */
@NullMarked
package holt.protocol;

import org.jspecify.annotations.NullMarked;

/**
 * All messages on Kafka: sealed families of records, typed ids, and their versioned JSON codec ({@link holt.protocol.Codec}).
 *
 * <p>Easy to get wrong: a job's outcome is its <em>first</em> {@link holt.protocol.JobEvent.Finished} in log order, not the reply that
 * arrives first. The claim id fences stale replies; an acknowledgement does not. A deadline is a time on the broker's clock. Consumers
 * switch over the sealed families without {@code default}, so a new message breaks the build where somebody must handle it.
 *
 * <p>The package is large on purpose: it is one vocabulary, and the records of all topics share ids, failures and outcomes.
 *
 * <p>Knows the JDK, Jackson and JSpecify; no Kafka client, no HTTP and no engine.
 */
@NullMarked
package holt.protocol;

import org.jspecify.annotations.NullMarked;

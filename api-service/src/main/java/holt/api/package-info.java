/**
 * The HTTP service. Every request becomes a job on Kafka, and its replies come back to the API instance that waits.
 *
 * <p>Here is what all features share: the application, its settings, this instance's identity, the refusal of a request, the timer.
 *
 * <p>Easy to get wrong: deadlines use the broker's clock ({@code BrokerClock}), never the local one.
 *
 * <p>Does not know: any feature. Features know each other only where a test in {@code ArchitectureTest} allows it.
 */
@NullMarked
package holt.api;

import org.jspecify.annotations.NullMarked;

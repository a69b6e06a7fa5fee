/**
 * From a valid request to its one outcome: publishes the job, keeps the waiting client, follows replies and events. The only package of
 * this module, with {@code models}, that talks to Kafka.
 *
 * <p>Easy to get wrong: the client is registered <em>before</em> its job is published; replies of an older claim are dropped; whoever takes
 * the entry out of {@link holt.api.jobs.WaitingClients} answers, so that there is one answer.
 *
 * <p>Does not know HTTP, JSON bodies or server-sent events.
 */
@NullMarked
package holt.api.jobs;

import org.jspecify.annotations.NullMarked;

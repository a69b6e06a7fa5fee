/**
 * Engines outside this process, behind their HTTP API: which models they serve, whether they are ready, and chats on them.
 *
 * <p>Easy to get wrong: a status other than 200 says whose fault it is. {@link holt.worker.remote.ReadRefusal} is the only place that decides.
 *
 * <p>Knows neither queues nor claims.
 */
@NullMarked
package holt.worker.remote;

import org.jspecify.annotations.NullMarked;

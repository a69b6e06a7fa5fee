/**
 * Engines outside this process, behind their HTTP API: which models they serve, whether they are ready, and tasks on them. OpenAI's API is here; each
 * other kind has a package of its own, behind {@link holt.worker.remote.EngineApi}.
 *
 * <p>Easy to get wrong: a status other than 200 says whose fault it is. {@link holt.worker.remote.ReadRefusal} is the only place that decides.
 *
 * <p>Knows neither queues nor claims.
 */
@NullMarked
package holt.worker.remote;

import org.jspecify.annotations.NullMarked;

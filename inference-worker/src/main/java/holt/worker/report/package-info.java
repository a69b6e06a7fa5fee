/**
 * What this worker tells the API instances: the replies and events of its jobs, its heartbeats, and the models that it serves.
 *
 * <p>Easy to get wrong: two publishers keep no common order. All replies of a claim go through one, and so do all events of a job.
 *
 * <p>Knows neither slots nor engines. It sends what its callers give it.
 */
@NullMarked
package holt.worker.report;

import org.jspecify.annotations.NullMarked;

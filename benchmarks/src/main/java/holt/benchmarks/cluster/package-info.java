/**
 * The processes that are measured, and their clients: {@link holt.benchmarks.cluster.Cluster} has a broker, an API and a worker with a scripted
 * runner; {@link holt.benchmarks.cluster.LocalHolt} is {@code ./holt}.
 *
 * <p>Easy to get wrong: the client shares the machine with what it measures, so it must do little.
 */
@NullMarked
package holt.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;

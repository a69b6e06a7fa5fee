/**
 * Measurements, one program each. {@code benchmarks/run NAME} builds Holt and runs one; docs/performance.md has their figures.
 *
 * <ul>
 *   <li>HTTP and the queue, with a scripted runner for the engine: {@link holt.benchmarks.RoundTrip}, {@link holt.benchmarks.Dispatch}, {@link
 *       holt.benchmarks.Waiting}. {@link holt.benchmarks.Start} starts {@code ./holt}.
 *   <li>The text engine in one process: {@link holt.benchmarks.Decode}, {@link holt.benchmarks.Latency}, {@link holt.benchmarks.Flat}, {@link
 *       holt.benchmarks.Greedy}. {@link holt.benchmarks.Chats} goes through HTTP.
 *   <li>The image engine: {@link holt.benchmarks.Denoise}. {@link holt.benchmarks.Pictures} goes through HTTP, too.
 * </ul>
 *
 * <p>Easy to get wrong: the figures of two runs on a shared machine cannot be compared. Ratios of one run can.
 */
@NullMarked
package holt.benchmarks;

import org.jspecify.annotations.NullMarked;

/**
 * Measurements of the whole path, one program each: {@link holt.benchmarks.RoundTrip}, {@link holt.benchmarks.Dispatch}, {@link
 * holt.benchmarks.Start} and {@link holt.benchmarks.Waiting}. Broker, API and worker are processes of their own, as they are in use; the
 * program that measures is the client. What is compared is measured in turns within one run, on the same broker. These do not know models: a {@link
 * holt.benchmarks.ScriptedRunner} stands in for the engine.
 *
 * <p>And of the text engine: {@link holt.benchmarks.Decode}, {@link holt.benchmarks.Latency}, {@link holt.benchmarks.Flat} and {@link
 * holt.benchmarks.Greedy} in one process, {@link holt.benchmarks.Chats} through HTTP. Of the image engine: {@link
 * holt.benchmarks.Denoise}, and {@link holt.benchmarks.Pictures} through HTTP.
 *
 * <p>Easy to get wrong: figures of two runs on a shared machine cannot be compared, ratios of one run can.
 */
@NullMarked
package holt.benchmarks;

import org.jspecify.annotations.NullMarked;

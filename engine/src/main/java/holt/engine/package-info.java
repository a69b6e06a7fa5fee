/**
 * The API that text and image engines share: request ids, failures and the native libraries.
 *
 * <p>Inference runs on DJL PyTorch. Architectures are TorchScript resources; weights come from model folders. Call
 * {@link holt.engine.NativeRuntime#prepare} before anything else. The engine knows no protocol, Kafka, Spring or object
 * storage: requests are records, results are events.
 */
@NullMarked
package holt.engine;

import org.jspecify.annotations.NullMarked;

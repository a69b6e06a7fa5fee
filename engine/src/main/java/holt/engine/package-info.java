/**
 * Inference on DJL PyTorch: architectures as TorchScript resources, weights from Hugging Face folders.
 *
 * <p>{@link holt.engine.NativeRuntime#prepare} comes before anything else here. Knows no protocol, Kafka, Spring or
 * object storage: a request comes in as a record, results go out as events.
 */
@NullMarked
package holt.engine;

import org.jspecify.annotations.NullMarked;

/** Inference on DJL PyTorch. Knows no protocol, Kafka, Spring or object storage. */
@NullMarked
package holt.engine;

import org.jspecify.annotations.NullMarked;

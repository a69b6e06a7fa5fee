/**
 * The border to libtorch: TorchScript modules from the class path, its errors and its devices' memory.
 *
 * <p>Easy to get wrong: the switch of the graph optimizer is per thread, every {@code IValue} must be closed, and DJL aborts
 * the JVM on bfloat16 tensors. Knows no architecture.
 */
@NullMarked
package holt.engine.torch;

import org.jspecify.annotations.NullMarked;

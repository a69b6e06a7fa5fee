/**
 * The border to libtorch: TorchScript modules from the class path, and what its errors mean.
 *
 * <p>Easy to get wrong: the graph optimizer's switch belongs to the thread, every {@code IValue} must be closed, and
 * DJL aborts the JVM on bfloat16 tensors. Knows no architecture.
 */
@NullMarked
package holt.engine.torch;

import org.jspecify.annotations.NullMarked;

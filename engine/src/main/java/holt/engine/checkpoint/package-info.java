/**
 * Reads weights where they lie: safetensors files of a Hugging Face folder, mapped, never copied here.
 *
 * <p>Easy to get wrong: a header's offsets count from the end of the header, and a folder with an index has its tensors
 * in several files. Knows neither architectures nor libtorch.
 */
@NullMarked
package holt.engine.checkpoint;

import org.jspecify.annotations.NullMarked;

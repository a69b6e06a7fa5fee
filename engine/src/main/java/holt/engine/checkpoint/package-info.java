/**
 * Reads weights: memory-mapped safetensors files of a Hugging Face folder, or a GGUF file that is made to look like such a
 * folder. GGUF weights are converted on access: names, order of rows, and quantised types to fp32.
 *
 * <p>Easy to get wrong: offsets count from the end of the header, and a folder with an index has its tensors in several
 * files. Knows no libtorch.
 */
@NullMarked
package holt.engine.checkpoint;

import org.jspecify.annotations.NullMarked;

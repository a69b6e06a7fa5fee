/**
 * Reads weights where they lie: safetensors files of a Hugging Face folder, mapped, never copied here; or a GGUF file, which is made to
 * look like such a folder - names, order of rows, JSON files - and whose quantised weights become fp32 when they are asked for.
 *
 * <p>Easy to get wrong: a header's offsets count from the end of the header, and a folder with an index has its tensors
 * in several files. Knows no libtorch.
 */
@NullMarked
package holt.engine.checkpoint;

import org.jspecify.annotations.NullMarked;

/**
 * The GGUF file format: header, metadata, and quantised blocks.
 *
 * <p>Easy to get wrong: a downloaded file may lie about its sizes, so every length is checked against the file. Knows no
 * Hugging Face names and no architectures.
 */
@NullMarked
package holt.engine.checkpoint.gguf;

import org.jspecify.annotations.NullMarked;

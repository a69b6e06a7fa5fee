/**
 * {@code POST /v1/completions}: prompts that no chat template writes. Its route, its JSON records, parsing and rendering.
 *
 * <p>Sampling and stop texts are those of chats.
 */
@NullMarked
package holt.api.completions;

import org.jspecify.annotations.NullMarked;

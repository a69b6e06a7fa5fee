package holt.engine.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text of one token alone.
 *
 * @param text with U+FFFD for incomplete UTF-8; a special token as in tokenizer.json
 * @param bytes from 0 to 255; null for a special token
 */
public record TokenText(String text, @Nullable List<Integer> bytes) {}

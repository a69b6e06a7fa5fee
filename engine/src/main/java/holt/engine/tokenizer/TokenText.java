package holt.engine.tokenizer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a token reads by itself.
 *
 * @param text bytes that are no UTF-8 by themselves are U+FFFD; a special token as tokenizer.json spells it
 * @param bytes 0 to 255 each; null for a special token, which is no text
 */
public record TokenText(String text, @Nullable List<Integer> bytes) {}

package holt.engine.checkpoint;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How byte-level tokenizers split a text before merging: llama.cpp's behaviour as patterns of tokenizer.json. */
final class SplitPatterns {
    private static final String LLAMA3 =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String QWEN2 = LLAMA3.replace("\\p{N}{1,3}", "\\p{N}");
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";
    private static final Map<String, List<String>> BY_NAME =
            Map.of(
                    "llama-bpe", List.of(LLAMA3),
                    "qwen2", List.of(QWEN2),
                    "smollm", List.of("\\p{N}", GPT2),
                    "gpt-2", List.of(GPT2),
                    "default",
                            List.of(
                                    "[\\p{P}\\$\\+<=>\\^~\\|]+",
                                    GPT2,
                                    "\\p{N}+",
                                    "[0-9][0-9][0-9]"));

    private SplitPatterns() {}

    /** The patterns of a GGUF file's {@code tokenizer.ggml.pre}, applied in order; null for an unknown name. */
    static @Nullable List<String> of(String name) {
        return BY_NAME.get(name);
    }
}

package holt.engine.text;

/**
 * Describes a loaded text model.
 *
 * @param name the folder's name
 * @param architecture as config.json names it
 * @param contextLength the most tokens of prompt and completion together; limited by the model and the cache
 * @param longestTokenBytes a text of n bytes has at least n / this many tokens
 * @param dtype {@code fp32}, {@code fp16} or {@code bf16}
 * @param device {@code cpu} or {@code cuda:N}
 * @param maxBatch the most completions that run at once; further ones wait
 */
public record TextModelInfo(
        String name,
        String architecture,
        long parameters,
        int contextLength,
        int longestTokenBytes,
        String dtype,
        String device,
        int maxBatch) {}

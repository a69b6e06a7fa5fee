package holt.engine.text;

/**
 * What was loaded.
 *
 * @param name the folder's name
 * @param architecture as config.json names it
 * @param contextLength tokens of prompt and answer together, as the cache allows
 * @param longestTokenBytes a text of n bytes has at least n / this many tokens
 * @param dtype {@code fp32}, {@code fp16} or {@code bf16}
 * @param device {@code cpu} or {@code cuda:N}
 * @param maxBatch requests that run at once; more wait
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

package holt.engine;

import java.util.List;

/**
 * What transformers computed.
 *
 * @param prompt the turns as the template writes them
 * @param ids the prompt's tokens
 * @param prefill logits after the prompt
 * @param decoded logits after each of the first greedy tokens
 * @param greedy the greedy continuation, ends of sequence ignored
 * @param hostile a text that spells special tokens, and its ids as mere text
 */
public record Golden(
        List<Turn> turns,
        String prompt,
        long[] ids,
        float[] prefill,
        List<float[]> decoded,
        long[] greedy,
        String greedyText,
        List<Encoded> texts,
        Encoded hostile) {
    /** One message. */
    public record Turn(String role, String content) {}

    /** A text and its ids. */
    public record Encoded(String text, long[] ids) {}
}

package holt.engine.diffusion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes prompts with one text encoder or, for SDXL, with two. Used by one thread at a time. */
final class PromptEncoder implements AutoCloseable {
    private final List<TextEncoder> encoders;
    private final boolean zerosWhenEmpty;
    private @Nullable Conditioning emptyPrompt; // cached: nearly every picture needs it

    /** @param zerosWhenEmpty whether an empty negative prompt is encoded as zeros (force_zeros_for_empty_prompt) */
    PromptEncoder(List<TextEncoder> encoders, boolean zerosWhenEmpty) {
        this.encoders = encoders;
        this.zerosWhenEmpty = zerosWhenEmpty;
    }

    /** The width of a token, over all encoders. */
    int width() {
        return encoders.stream().mapToInt(TextEncoder::width).sum();
    }

    /** The width of the pooled embedding, which the last encoder gives. */
    int pooledWidth() {
        return encoders.getLast().pooledWidth();
    }

    long parameters() {
        return encoders.stream().mapToLong(TextEncoder::parameters).sum();
    }

    Conditioning condition(String prompt) {
        if (!prompt.isEmpty()) {
            return encode(prompt);
        }
        if (emptyPrompt == null) {
            emptyPrompt = encode("");
        }
        return emptyPrompt;
    }

    Conditioning conditionNegative(String prompt) {
        return prompt.isEmpty() && zerosWhenEmpty ? condition("").zeros() : condition(prompt);
    }

    private Conditioning encode(String text) {
        List<Conditioning> parts = encoders.stream().map(encoder -> encoder.encode(text)).toList();
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int tokens = encoders.getFirst().length();
        float[] all = new float[tokens * width()];
        int column = 0;
        for (int part = 0; part < parts.size(); part++) {
            int width = encoders.get(part).width();
            for (int token = 0; token < tokens; token++) {
                System.arraycopy(
                        parts.get(part).tokens(),
                        token * width,
                        all,
                        token * width() + column,
                        width);
            }
            column += width;
        }
        int ignored = parts.stream().mapToInt(Conditioning::ignored).max().orElse(0);
        return new Conditioning(all, parts.getLast().pooled(), ignored);
    }

    @Override
    public void close() {
        encoders.forEach(TextEncoder::close);
    }
}

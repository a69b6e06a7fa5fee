package holt.engine.diffusion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What prompts say to a UNet: by one text encoder or, for SDXL, by two side by side. */
final class Prompts implements AutoCloseable {
    private final List<TextEncoder> encoders;
    private final boolean silentWhenEmpty;
    private @Nullable Conditioning
            nothing; // what an empty text says; asked for with nearly every picture

    /** @param silentWhenEmpty whether the model was trained to take zeros for an empty text to steer away from */
    Prompts(List<TextEncoder> encoders, boolean silentWhenEmpty) {
        this.encoders = encoders;
        this.silentWhenEmpty = silentWhenEmpty;
    }

    /** Width of a token, all encoders together. */
    int width() {
        return encoders.stream().mapToInt(TextEncoder::width).sum();
    }

    /** Width of the whole text: the last encoder's. */
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
        if (nothing == null) {
            nothing = encode("");
        }
        return nothing;
    }

    Conditioning conditionAgainst(String prompt) {
        return prompt.isEmpty() && silentWhenEmpty ? condition("").silent() : condition(prompt);
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

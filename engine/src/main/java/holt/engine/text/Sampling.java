package holt.engine.text;

import org.jspecify.annotations.Nullable;

/**
 * How the next token is drawn.
 *
 * @param temperature 0 takes the likeliest token; the logits are divided by it otherwise
 * @param topP the draw is among the likeliest tokens that together have this probability; 1 = all
 * @param seed makes the draw repeatable; null = a random one
 */
public record Sampling(double temperature, double topP, @Nullable Long seed) {
    /** Takes the likeliest token each time. */
    public static final Sampling GREEDY = new Sampling(0, 1, null);

    public Sampling {
        if (!(temperature >= 0) || !(topP >= 0 && topP <= 1)) {
            throw new IllegalArgumentException(
                    "temperature must be at least 0 and topP within 0 and 1, not "
                            + temperature
                            + " and "
                            + topP);
        }
    }
}

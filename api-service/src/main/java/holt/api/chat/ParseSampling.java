package holt.api.chat;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.within;

import holt.protocol.KnownModel;
import holt.protocol.KnownModel.SamplingDefaults;
import holt.protocol.Task;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sampling parameters. The ranges are OpenAI's, and vLLM's for {@code top_k}, {@code min_p} and {@code repetition_penalty}.
 * What the client leaves out is the model's default.
 */
public final class ParseSampling {
    private static final double MOST_TEMPERATURE = 2;
    private static final double MOST_PENALTY = 2;
    private static final double MOST_BIAS = 100;
    private static final Pattern TOKEN_ID = Pattern.compile("[0-9]{1,9}");

    private ParseSampling() {}

    /** @throws holt.api.RequestRejectedException with the name of the field at fault */
    public static Task.Sampling parse(SamplingFields wire, KnownModel model) {
        SamplingDefaults defaults =
                Objects.requireNonNullElse(model.sampling(), SamplingDefaults.NONE);
        return new Task.Sampling(
                within(
                        "temperature",
                        wire.temperature(),
                        otherwise(defaults.temperature(), 1),
                        0,
                        MOST_TEMPERATURE),
                within("top_p", wire.topP(), otherwise(defaults.topP(), 1), 0, 1),
                wire.seed(),
                topK(wire.topK(), defaults.topK()),
                minP(wire.minP(), otherwise(defaults.minP(), 0)),
                penalties(wire, otherwise(defaults.repetition(), 1)),
                logitBias(wire.logitBias()),
                isOpen(wire, model) ? true : null);
    }

    /** The model has a default that only its engine knows. */
    private static boolean isOpen(SamplingFields wire, KnownModel model) {
        SamplingDefaults own = model.sampling();
        return wire.temperature() == null && own != null && own.temperature() == null;
    }

    private static double otherwise(@Nullable Double own, double usual) {
        return own == null ? usual : own;
    }

    /** Both -1 and 0 mean all tokens. */
    private static @Nullable Integer topK(@Nullable Long count, @Nullable Integer otherwise) {
        if (count == null) {
            return otherwise;
        }
        if (count == 0 || count == -1) {
            return null;
        }
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw invalid(
                    "top_k", "must be from 1 to " + Integer.MAX_VALUE + ", or 0 or -1 for all");
        }
        return count.intValue();
    }

    private static @Nullable Double minP(@Nullable Double share, double otherwise) {
        double valid = within("min_p", share, otherwise, 0, 1);
        return valid == 0 ? null : valid;
    }

    private static Task.@Nullable Penalties penalties(SamplingFields wire, double otherwise) {
        double frequency = penalty("frequency_penalty", wire.frequencyPenalty());
        double presence = penalty("presence_penalty", wire.presencePenalty());
        double repetition = repetition(wire.repetitionPenalty(), otherwise);
        return frequency == 0 && presence == 0 && repetition == 1
                ? null
                : new Task.Penalties(frequency, presence, repetition);
    }

    private static double penalty(String param, @Nullable Double penalty) {
        return within(param, penalty, 0, -MOST_PENALTY, MOST_PENALTY);
    }

    private static double repetition(@Nullable Double factor, double otherwise) {
        if (factor == null || factor == 0) {
            return otherwise;
        }
        if (!(factor > 0)) {
            throw invalid("repetition_penalty", "must be above 0");
        }
        return factor;
    }

    private static @Nullable Map<Integer, Double> logitBias(@Nullable Object wire) {
        if (wire == null) {
            return null;
        }
        if (!(wire instanceof Map<?, ?> entries)) {
            throw invalid("logit_bias", "must be an object");
        }
        var bias = new TreeMap<Integer, Double>();
        entries.forEach((token, value) -> bias.put(token(token), bias(token, value)));
        return bias.isEmpty() ? null : bias;
    }

    private static Integer token(Object id) {
        String digits = id.toString();
        if (!TOKEN_ID.matcher(digits).matches()) {
            throw invalid("logit_bias", "must have token ids as keys");
        }
        return Integer.valueOf(digits);
    }

    private static double bias(Object token, @Nullable Object value) {
        if (!(value instanceof Number number)) {
            throw invalid(
                    "logit_bias", "must have numbers as values; token " + token + " has none");
        }
        return within("logit_bias", number.doubleValue(), 0, -MOST_BIAS, MOST_BIAS);
    }
}

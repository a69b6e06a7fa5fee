package holt.api.completions;

import static holt.api.fields.Fields.invalid;
import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.RequestRejectedException;
import holt.api.chat.ParseSampling;
import holt.api.chat.ParseStops;
import holt.api.fields.Fields;
import holt.api.fields.TextsOrTokens;
import holt.api.models.FindModel;
import holt.api.models.ModelCatalog;
import holt.protocol.Ability;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Task;
import org.jspecify.annotations.Nullable;

/** Turns a {@link CompletionsRequest} into {@link ParsedCompletions}, or refuses it with the field's name. */
final class ParseCompletions {
    /** Of all prompts together. */
    private static final int MOST_ANSWERS = 128;

    /** OpenAI's limit. */
    private static final int MOST_LOGPROBS = 5;

    /** OpenAI's default. */
    private static final int MAX_TOKENS = 16;

    private ParseCompletions() {}

    /** @throws RequestRejectedException with the name of the field at fault */
    static ParsedCompletions parse(CompletionsRequest wire, ModelCatalog catalog) {
        KnownModel model = FindModel.of(wire.model(), KnownModel.Kind.CHAT, catalog);
        if (!model.abilities().contains(Ability.COMPLETIONS)) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_PARAMETER,
                    "model: does not support this route, since it lacks "
                            + Ability.COMPLETIONS.label(),
                    "model",
                    null);
        }
        refuseUnsupported("suffix", isSet(wire.suffix()));
        TextsOrTokens.Input prompts = TextsOrTokens.of("prompt", wire.prompt(), MOST_ANSWERS);
        Integer asked = Fields.count("n", wire.n(), MOST_ANSWERS / prompts.count());
        int n = asked == null ? 1 : asked;
        refuseUnsupported("best_of", isSet(wire.bestOf()) && !isOf(wire.bestOf(), n));
        var task =
                new Task.Complete(
                        prompts.texts(),
                        prompts.tokens(),
                        ParseSampling.parse(wire, model),
                        maxTokens(wire.maxTokens()),
                        ParseStops.parse(wire.stop()),
                        Boolean.TRUE.equals(wire.stream()),
                        n,
                        logprobs(wire.logprobs()),
                        Boolean.TRUE.equals(wire.echo()));
        boolean usage =
                wire.streamOptions() != null
                        && Boolean.TRUE.equals(wire.streamOptions().includeUsage());
        return new ParsedCompletions(model, task, usage);
    }

    private static boolean isOf(@Nullable Long bestOf, int n) {
        return bestOf != null && (bestOf == 0 || bestOf == n);
    }

    /** 0 is a value: the prompt alone, for its log probabilities. */
    private static int maxTokens(@Nullable Long most) {
        if (most == null) {
            return MAX_TOKENS;
        }
        if (most < 0 || most > Integer.MAX_VALUE) {
            throw invalid("max_tokens", "must be from 0 to " + Integer.MAX_VALUE);
        }
        return most.intValue();
    }

    private static @Nullable Integer logprobs(@Nullable Long count) {
        if (count != null && (count < 0 || count > MOST_LOGPROBS)) {
            throw invalid("logprobs", "must be from 0 to " + MOST_LOGPROBS);
        }
        return count == null ? null : count.intValue();
    }
}

package holt.api.embeddings;

import static holt.api.fields.Fields.invalid;

import holt.api.fields.Fields;
import holt.api.fields.TextsOrTokens;
import holt.api.models.FindModel;
import holt.api.models.ModelCatalog;
import holt.protocol.KnownModel;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns an {@link EmbeddingsRequest} into {@link ParsedEmbeddings}, or refuses it with the field's name. */
final class ParseEmbeddings {
    /** OpenAI's limit. */
    private static final int MOST_INPUTS = 2048;

    /** As vLLM has it. */
    private static final long WHOLE_CONTEXT = -1;

    private ParseEmbeddings() {}

    /** @throws holt.api.RequestRejectedException with the name of the field at fault */
    static ParsedEmbeddings parse(EmbeddingsRequest wire, ModelCatalog catalog) {
        KnownModel model = FindModel.of(wire.model(), KnownModel.Kind.EMBEDDING, catalog);
        TextsOrTokens.Input input = TextsOrTokens.of("input", wire.input(), MOST_INPUTS);
        Integer most = model.dimensions();
        String prompt = wire.promptName();
        var task =
                new Task.Embed(
                        input.texts(),
                        input.tokens(),
                        Fields.count(
                                "dimensions",
                                wire.dimensions(),
                                most == null ? Integer.MAX_VALUE : most),
                        cutTo(wire, model),
                        prompt == null || prompt.isEmpty() ? null : prompt,
                        Fields.choice(
                                "encoding_format",
                                wire.encodingFormat(),
                                VectorFormat.FLOAT,
                                List.of(VectorFormat.values()),
                                VectorFormat::label));
        return new ParsedEmbeddings(model, task);
    }

    private static @Nullable Integer cutTo(EmbeddingsRequest wire, KnownModel model) {
        int most = model.contextLength();
        Long asked = wire.truncatePromptTokens();
        if (asked == null) {
            return Boolean.TRUE.equals(wire.truncate()) ? most : null;
        }
        if (asked == WHOLE_CONTEXT) {
            return most;
        }
        if (asked < 1 || asked > most) {
            throw invalid(
                    "truncate_prompt_tokens",
                    "must be from 1 to " + most + ", or -1 for the model's limit");
        }
        return asked.intValue();
    }
}

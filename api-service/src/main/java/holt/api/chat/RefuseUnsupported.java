package holt.api.chat;

import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.RequestRejectedException;
import holt.protocol.Ability;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Task;
import java.util.List;

/** Refuses parameters that would change the answer and are not supported. Their neutral values pass. */
final class RefuseUnsupported {
    private RefuseUnsupported() {}

    static void check(ChatRequest wire) {
        refuseUnsupported("functions", isSet(wire.functions()));
        refuseUnsupported("audio", isSet(wire.audio()));
    }

    /** Refuses what the model cannot do, by the field that asks for it. */
    static void check(Task.Chat chat, KnownModel model) {
        for (Ability needed : chat.needs()) {
            if (!model.abilities().contains(needed)) {
                String param =
                        switch (needed) {
                            case TOOLS -> chat.tools() == null ? "messages" : "tools";
                            case STRUCTURED -> "response_format";
                            case TEMPLATE_ARGUMENTS -> "chat_template_kwargs";
                            case EMBEDDINGS, COMPLETIONS, SEVERAL_IMAGES, EXTRA_FIELDS -> "model";
                            case VISION, AUDIO, FILES -> "messages";
                        };
                throw refused(param, needed);
            }
        }
    }

    /** Refuses what the model cannot read, before it is read here. */
    static void check(List<MediaPart> media, KnownModel model) {
        for (MediaPart part : media) {
            if (!model.abilities().contains(part.kind().needs())) {
                throw refused(part.param(), part.kind().needs());
            }
        }
    }

    private static RequestRejectedException refused(String param, Ability lacks) {
        return new RequestRejectedException(
                Failure.UNSUPPORTED_PARAMETER,
                param + ": not supported by this model, which lacks " + lacks.label(),
                param,
                null);
    }
}

package holt.api.chat;

import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

import holt.api.RequestRejectedException;
import holt.protocol.Ability;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Task;

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
                            case EMBEDDINGS, COMPLETIONS, SEVERAL_IMAGES -> "model";
                        };
                throw new RequestRejectedException(
                        Failure.UNSUPPORTED_PARAMETER,
                        param + ": not supported by this model, which lacks " + needed.label(),
                        param,
                        null);
            }
        }
    }
}

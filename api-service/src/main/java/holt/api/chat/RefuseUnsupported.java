package holt.api.chat;

import static holt.api.fields.Fields.isSet;
import static holt.api.fields.Fields.refuseUnsupported;

/** Refuses parameters that would change the answer and are not supported. Their neutral values pass. */
final class RefuseUnsupported {
    private RefuseUnsupported() {}

    static void check(ChatRequest wire) {
        refuseUnsupported("tools", isSet(wire.tools()));
        refuseUnsupported("functions", isSet(wire.functions()));
        refuseUnsupported("audio", isSet(wire.audio()));
        ChatRequest.ResponseFormat format = wire.responseFormat();
        refuseUnsupported(
                "response_format",
                format != null && isSet(format.type()) && !"text".equals(format.type()));
    }
}

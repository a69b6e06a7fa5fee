package holt.api.chat;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses parameters that would change the answer and that are not built; their neutral values pass. */
final class RefuseUnsupported {
    private RefuseUnsupported() {}

    static void check(ChatRequest wire) {
        refuse("tools", isSet(wire.tools()));
        refuse("functions", isSet(wire.functions()));
        refuse("audio", isSet(wire.audio()));
        ChatRequest.ResponseFormat format = wire.responseFormat();
        refuse(
                "response_format",
                format != null && isSet(format.type()) && !"text".equals(format.type()));
    }

    private static boolean isSet(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean yes -> yes;
            case String text -> !text.isEmpty();
            case Collection<?> items -> !items.isEmpty();
            case Map<?, ?> fields -> !fields.isEmpty();
            default -> true;
        };
    }

    private static void refuse(String param, boolean set) {
        if (set) {
            throw new RequestRejectedException(
                    Failure.UNSUPPORTED_PARAMETER, param + ": not supported", param, null);
        }
    }
}

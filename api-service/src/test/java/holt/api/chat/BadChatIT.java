package holt.api.chat;

import holt.api.edge.BadInput;
import holt.api.edge.RefusalContract;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chats with one field wrong. The refusal's message starts with the field's name. */
class BadChatIT extends RefusalContract {
    static Stream<BadInput> cases() {
        return Stream.concat(ChatInput.cases(), SamplingInput.cases());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefused(BadInput bad) throws IOException {
        refused(bad);
    }
}

package holt.api.chat;

import holt.protocol.Outcome;
import java.util.List;

/** The whole answer, in the standard's shape and OpenAI's at once. It never has a field named {@code error}. */
record ChatReply(
        int code,
        String message,
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage) {

    record Choice(int index, Message message, String finishReason) {}

    record Message(String role, String content) {}

    record Usage(int promptTokens, int completionTokens, int totalTokens) {
        static Usage of(Outcome.Usage usage) {
            return new Usage(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.promptTokens() + usage.completionTokens());
        }
    }

    static ChatReply of(ChatHead head, Outcome.ChatCompleted outcome) {
        return new ChatReply(
                0,
                "success",
                head.id(),
                "chat.completion",
                head.created(),
                head.model(),
                List.of(
                        new Choice(
                                0,
                                new Message("assistant", outcome.content()),
                                outcome.finishReason().label())),
                Usage.of(outcome.usage()));
    }
}

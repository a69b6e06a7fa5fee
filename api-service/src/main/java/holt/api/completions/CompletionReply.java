package holt.api.completions;

import holt.protocol.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The whole answer, in OpenAI's shape. Like every answer, it has a code. */
record CompletionReply(
        int code,
        String message,
        String id,
        String object,
        long created,
        String model,
        List<Choice> choices,
        Usage usage) {

    /**
     * One answer, or a part of it in a stream.
     *
     * @param logprobs null if the client wants none
     * @param finishReason null while a stream goes on
     */
    record Choice(
            int index,
            String text,
            @Nullable CompletionLogprobs logprobs,
            @Nullable String finishReason) {}

    record Usage(int promptTokens, int completionTokens, int totalTokens) {
        static Usage of(Outcome.Usage usage) {
            return new Usage(
                    usage.promptTokens(),
                    usage.completionTokens(),
                    usage.promptTokens() + usage.completionTokens());
        }
    }

    /** @param echo whether each answer begins with its prompt */
    static CompletionReply of(
            CompletionEnvelope envelope, boolean echo, Outcome.ChatCompleted outcome) {
        List<Outcome.Choice> choices = outcome.choices();
        return new CompletionReply(
                0,
                "success",
                envelope.id(),
                "text_completion",
                envelope.created(),
                envelope.model(),
                IntStream.range(0, choices.size())
                        .mapToObj(i -> choice(i, echo, choices.get(i)))
                        .toList(),
                Usage.of(outcome.usage()));
    }

    private static Choice choice(int index, boolean echo, Outcome.Choice choice) {
        return new Choice(
                index,
                choice.content(),
                new WriteLogprobs(echo).write(choice.logprobs()),
                choice.finishReason().label());
    }
}

package holt.api.queue.placement;

import holt.protocol.Outcome;
import holt.protocol.Task;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How much work a job is for its model, in tokens. For a picture, a token stands for a step of 256 by 256 pixels. Only jobs of one model are
 * compared.
 */
public final class Work {
    private static final int CHARACTERS_A_TOKEN = 4;

    /** What an answer without a limit usually has. */
    private static final int USUAL_ANSWER = 512;

    private static final int USUAL_STEPS = 25;
    private static final int USUAL_SIDE = 512;
    private static final double PIXELS = 256 * 256;

    private Work() {}

    /** Before the job runs. At least 1. */
    public static long estimate(Task task) {
        return Math.max(
                1,
                switch (task) {
                    case Task.Chat chat ->
                            chat.messages().stream()
                                            .mapToLong(message -> tokens(message.content()))
                                            .sum()
                                    + (long) chat.answers()
                                            * (chat.maxTokens() == null
                                                    ? USUAL_ANSWER
                                                    : Math.min(chat.maxTokens(), USUAL_ANSWER));
                    case Task.Complete complete ->
                            input(complete.texts(), complete.tokens())
                                    + (long) complete.prompts()
                                            * complete.n()
                                            * complete.maxTokens();
                    case Task.Embed embed -> input(embed.texts(), embed.tokens());
                    case Task.Images images ->
                            Math.round(
                                    images.n()
                                            * (double) or(images.steps(), USUAL_STEPS)
                                            * or(images.width(), USUAL_SIDE)
                                            * or(images.height(), USUAL_SIDE)
                                            / PIXELS);
                });
    }

    /** After it has run; empty if the outcome does not tell. */
    public static OptionalLong measured(Outcome outcome) {
        // The work of pictures is in steps.
        Outcome.Usage usage = outcome instanceof Outcome.ImagesCompleted ? null : outcome.tokens();
        return usage == null
                ? OptionalLong.empty()
                : OptionalLong.of((long) usage.promptTokens() + usage.completionTokens());
    }

    private static long input(@Nullable List<String> texts, @Nullable List<List<Integer>> tokens) {
        return texts != null
                ? texts.stream().mapToLong(Work::tokens).sum()
                : tokens == null ? 0 : tokens.stream().mapToLong(List::size).sum();
    }

    private static long tokens(@Nullable String text) {
        return text == null ? 0 : text.length() / CHARACTERS_A_TOKEN + 1;
    }

    private static int or(@Nullable Integer value, int usual) {
        return value == null ? usual : value;
    }
}

package holt.worker.models;

import holt.engine.EngineFailure;
import holt.engine.text.FinishReason;
import holt.engine.text.TextEvent;
import holt.protocol.Outcome;
import java.util.function.Consumer;

/** Maps the engine's events of one chat to its growing answers. Only the engine's thread calls it. */
final class MapTextEvents implements Consumer<TextEvent> {
    private final GrowAnswers answers;
    private final EngineFailures failures;
    private int reasoningTokens; // of all answers

    MapTextEvents(GrowAnswers answers, EngineFailures failures) {
        this.answers = answers;
        this.failures = failures;
    }

    @Override
    public void accept(TextEvent event) {
        switch (event) {
            case TextEvent.Started _ -> {}
            case TextEvent.Delta delta ->
                    answers.text(
                            delta.choice(),
                            delta.text(),
                            delta.tokens(),
                            delta.scores().stream().map(MapLogprobs::of).toList());
            case TextEvent.Reasoning more -> {
                reasoningTokens += more.tokens();
                answers.reasoning(more.choice(), more.text(), more.tokens());
            }
            case TextEvent.ToolCallPart more ->
                    answers.call(
                            more.choice(),
                            more.index(),
                            more.id(),
                            more.function(),
                            more.arguments(),
                            more.tokens());
            case TextEvent.Finished finished -> complete(finished);
            case TextEvent.Failed(EngineFailure failure) ->
                    answers.result().complete(failures.result(failure));
            case TextEvent.Cancelled _ ->
                    answers.result().complete(new RunResult(new Outcome.Cancelled()));
        }
    }

    private void complete(TextEvent.Finished finished) {
        var usage =
                new Outcome.Usage(
                        finished.promptTokens(),
                        finished.completionTokens(),
                        finished.cachedTokens());
        answers.complete(
                finished.reasons().stream().map(MapTextEvents::reason).toList(),
                reasoningTokens == 0 ? usage : usage.withReasoning(reasoningTokens));
    }

    static Outcome.FinishReason reason(FinishReason reason) {
        return switch (reason) {
            case STOP -> Outcome.FinishReason.STOP;
            case TOOL_CALLS -> Outcome.FinishReason.TOOL_CALLS;
            case LENGTH -> Outcome.FinishReason.LENGTH;
        };
    }
}

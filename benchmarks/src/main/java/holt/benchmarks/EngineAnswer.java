package holt.benchmarks;

import holt.engine.text.TextEngine;
import holt.engine.text.TextEvent;
import holt.engine.text.TextRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The answer of a text engine to one request. */
final class EngineAnswer implements Consumer<TextEvent> {
    private final StringBuilder text =
            new StringBuilder(); // belongs to the engine's thread until the end
    private final CompletableFuture<TextEvent> end = new CompletableFuture<>();

    private EngineAnswer() {}

    /** Submits a request and does not wait. */
    static EngineAnswer of(TextEngine engine, TextRequest request) {
        var answer = new EngineAnswer();
        engine.submit(request, answer);
        return answer;
    }

    @Override
    public void accept(TextEvent event) {
        switch (event) {
            case TextEvent.Started _ -> {}
            case TextEvent.Delta delta -> text.append(delta.text());
            case TextEvent.Reasoning _, TextEvent.ToolCallPart _ -> {}
            case TextEvent.Finished _, TextEvent.Failed _, TextEvent.Cancelled _ ->
                    end.complete(event);
        }
    }

    /** Waits for the last event. */
    TextEvent end() {
        return end.join();
    }

    /**
     * Waits for the answer.
     *
     * @throws IllegalStateException if the request failed
     */
    TextEvent.Finished finished() {
        if (end() instanceof TextEvent.Finished finished) {
            return finished;
        }
        throw new IllegalStateException("no answer, but " + end());
    }

    /** Waits for the answer and gives its text. */
    String text() {
        finished();
        return text.toString();
    }
}

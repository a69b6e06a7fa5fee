package holt.engine.text;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Keeps what comes and lets a test wait for the end, or for the first text. */
public final class RecordedEvents implements Consumer<TextEvent> {
    private final List<TextEvent> all = new CopyOnWriteArrayList<>();
    private final CompletableFuture<TextEvent> end = new CompletableFuture<>();
    private final CompletableFuture<TextEvent> firstDelta = new CompletableFuture<>();

    @Override
    public void accept(TextEvent event) {
        all.add(event);
        switch (event) {
            case TextEvent.Started _ -> {}
            case TextEvent.Delta delta -> firstDelta.complete(delta);
            case TextEvent.Reasoning _, TextEvent.ToolCallPart _ -> {}
            case TextEvent.Finished _, TextEvent.Failed _, TextEvent.Cancelled _ -> {
                if (!end.complete(event)) {
                    throw new IllegalStateException("ended twice: " + all);
                }
            }
        }
    }

    /** Everything so far. */
    public List<TextEvent> all() {
        return all;
    }

    /** Waits for the last event. */
    public TextEvent end() throws Exception {
        return end.get(30, TimeUnit.SECONDS);
    }

    /** Waits for the first text. */
    public void awaitText() throws Exception {
        firstDelta.get(30, TimeUnit.SECONDS);
    }

    /** The text so far, where one answer is wanted. */
    public String text() {
        return text(0);
    }

    /** The text of one of several answers so far. */
    public String text(int choice) {
        StringBuilder text = new StringBuilder();
        for (TextEvent event : all) {
            if (event instanceof TextEvent.Delta delta && delta.choice() == choice) {
                text.append(delta.text());
            }
        }
        return text.toString();
    }

    /** Tokens that the outputs accounted for. */
    public int tokens() {
        return all.stream()
                .mapToInt(event -> event instanceof TextEvent.Output output ? output.tokens() : 0)
                .sum();
    }
}

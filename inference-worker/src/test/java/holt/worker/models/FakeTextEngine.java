package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.text.FinishReason;
import holt.engine.text.TextEngine;
import holt.engine.text.TextEvent;
import holt.engine.text.TextModelInfo;
import holt.engine.text.TextRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** A text engine that emits the events that a test gives it. */
public final class FakeTextEngine implements TextEngine {
    public final List<TextRequest> requests = new CopyOnWriteArrayList<>();
    public final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();

    /** The requests that must end with what they have. */
    public final BlockingQueue<String> cutShort = new LinkedBlockingQueue<>();

    /** Time without a step. */
    public volatile Duration sinceProgress = Duration.ZERO;

    /** Whether a cancelled request still emits events, as one does whose step is under way. */
    public volatile boolean inStep;

    private final Map<String, Consumer<TextEvent>> open = new LinkedHashMap<>();
    private boolean closed;

    /** Emits events of the newest open request. */
    public synchronized void emit(TextEvent... events) {
        String id = List.copyOf(open.keySet()).getLast();
        emit(id, events);
    }

    /** Emits events of an open request. */
    public synchronized void emit(String id, TextEvent... events) {
        for (TextEvent event : events) {
            emitOne(id, event);
        }
    }

    /** Answers an open request. */
    public synchronized void finish(String id) {
        emit(id, new TextEvent.Started(1));
        emit(id, new TextEvent.Delta(0, "Hi", 1, List.of()));
        emit(id, new TextEvent.Finished(List.of(FinishReason.STOP), 1, 1));
    }

    private void emitOne(String id, TextEvent event) {
        Consumer<TextEvent> listener =
                switch (event) {
                    case TextEvent.Started _, TextEvent.Output _ -> open.get(id);
                    case TextEvent.Finished _, TextEvent.Failed _, TextEvent.Cancelled _ ->
                            open.remove(id);
                };
        if (listener != null) {
            listener.accept(event);
        }
    }

    @Override
    public TextModelInfo info() {
        return new TextModelInfo("m", "LlamaForCausalLM", 1, 64, 8, "fp32", "cpu", 4);
    }

    @Override
    public synchronized void submit(TextRequest request, Consumer<TextEvent> events) {
        if (closed) {
            events.accept(new TextEvent.Cancelled(0));
            return;
        }
        open.put(request.id().value(), events);
        requests.add(request);
    }

    @Override
    public synchronized void cancel(RequestId request) {
        String id = request.value();
        cancelled.add(id);
        if (!inStep) {
            emit(id, new TextEvent.Cancelled(0));
        }
    }

    @Override
    public void cutShort(RequestId request) {
        cutShort.add(request.value());
    }

    @Override
    public long stepsDone() {
        return 0;
    }

    @Override
    public Duration sinceProgress() {
        return sinceProgress;
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(open.keySet()).forEach(id -> emit(id, new TextEvent.Cancelled(0)));
    }
}

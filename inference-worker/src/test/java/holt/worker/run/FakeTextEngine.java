package holt.worker.run;

import holt.engine.RequestId;
import holt.engine.text.TextEngine;
import holt.engine.text.TextEvent;
import holt.engine.text.TextModelInfo;
import holt.engine.text.TextRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** An engine that says what the test tells it to say. */
public final class FakeTextEngine implements TextEngine {
    final List<TextRequest> requests = new ArrayList<>();
    public final List<Consumer<TextEvent>> listeners = new ArrayList<>();
    final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
    public Duration sinceProgress = Duration.ZERO;

    @Override
    public TextModelInfo info() {
        return new TextModelInfo("m", "LlamaForCausalLM", 1, 64, 8, "fp32", "cpu", 4);
    }

    @Override
    public void submit(TextRequest request, Consumer<TextEvent> events) {
        requests.add(request);
        listeners.add(events);
    }

    @Override
    public void cancel(RequestId id) {
        cancelled.add(id.value());
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
    public void close() {}
}

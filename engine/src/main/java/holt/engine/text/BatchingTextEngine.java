package holt.engine.text;

import holt.engine.decoder.Decoder;
import holt.engine.decoder.Logits;
import holt.engine.template.TemplateException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine: one thread, and an inbox through which all others talk to it. */
final class BatchingTextEngine implements TextEngine {
    private static final Logger log = LoggerFactory.getLogger(BatchingTextEngine.class);

    /** What others want of the engine's thread. */
    private sealed interface Order {
        record Run(Answer answer) implements Order {}

        record Reject(Consumer<TextEvent> events, EngineFailure failure) implements Order {}

        record Cancel(String id) implements Order {}

        record Stop() implements Order {}
    }

    private final TextModelInfo info;
    private final Decoder decoder;
    private final Conversation conversation;
    private final LinkedBlockingQueue<Order> inbox = new LinkedBlockingQueue<>();
    private final Thread thread;

    // Owned by the thread.
    private final Scheduler scheduler;
    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private @Nullable EngineFailure broken;
    private boolean stopping;

    // Written by the thread, read by all.
    private volatile long steps;
    private volatile long progressAt = System.nanoTime();
    private volatile boolean idle = true;
    private volatile boolean closed;

    /**
     * What the engine needs to know about texts.
     *
     * @param release frees it
     */
    record Conversation(PromptEncoder prompts, ModelVoice voice, Runnable release) {}

    /** Encodes a conversation. */
    @FunctionalInterface
    interface PromptEncoder {
        long[] encode(List<ChatTurn> turns);
    }

    /** @param decoder closed by {@link #close}, like the conversation */
    BatchingTextEngine(
            TextModelInfo info, Decoder decoder, Conversation conversation, int prefillChunk) {
        this.info = info;
        this.decoder = decoder;
        this.conversation = conversation;
        this.scheduler = new Scheduler(decoder.slots(), prefillChunk);
        this.thread =
                Thread.ofPlatform().name("engine-" + info.name()).daemon().unstarted(this::serve);
    }

    BatchingTextEngine start() {
        thread.start();
        return this;
    }

    @Override
    public TextModelInfo info() {
        return info;
    }

    @Override
    public void submit(TextRequest request, Consumer<TextEvent> events) {
        if (closed) {
            events.accept(new TextEvent.Cancelled(0));
            return;
        }
        inbox.add(order(request, events));
        if (!thread.isAlive()) {
            cancelLeftInInbox(); // closed in between
        }
    }

    private Order order(TextRequest request, Consumer<TextEvent> events) {
        for (int token : request.sampling().logitBias().keySet()) {
            if (token < 0 || token >= decoder.vocabulary()) {
                return new Order.Reject(
                        events, new EngineFailure.UnknownToken(token, decoder.vocabulary()));
            }
        }
        long[] prompt;
        try {
            prompt = conversation.prompts().encode(request.turns());
        } catch (TemplateException e) {
            return new Order.Reject(
                    events, new EngineFailure.TemplateRefused(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            return new Order.Reject(events, Failures.of(e));
        }
        if (prompt.length >= info.contextLength()) {
            return new Order.Reject(
                    events, new EngineFailure.PromptTooLong(prompt.length, info.contextLength()));
        }
        return new Order.Run(
                new Answer(request, prompt, info.contextLength(), conversation.voice(), events));
    }

    @Override
    public void cancel(String id) {
        inbox.add(new Order.Cancel(id));
    }

    @Override
    public long stepsDone() {
        return steps;
    }

    @Override
    public Duration sinceProgress() {
        return idle ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - progressAt);
    }

    @Override
    public void close() {
        closed = true;
        inbox.add(new Order.Stop());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the model must not be freed under the thread's feet
            }
        }
        cancelLeftInInbox();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread has ended; whoever notices tells those that it never got to. */
    private void cancelLeftInInbox() {
        for (Order order = inbox.poll(); order != null; order = inbox.poll()) {
            switch (order) {
                case Order.Run(Answer answer) -> tell(answer::cancelled);
                case Order.Reject(Consumer<TextEvent> events, EngineFailure failure) ->
                        tell(() -> events.accept(new TextEvent.Failed(failure)));
                case Order.Cancel _, Order.Stop _ -> {}
            }
        }
    }

    private void serve() {
        decoder.useThisThread();
        while (!stopping) {
            drainInbox();
            if (!stopping) {
                step();
            }
        }
        List.copyOf(answers.values()).forEach(answer -> end(answer, Answer::cancelled));
        decoder.close();
        conversation.release().run();
    }

    /** Takes what has come; waits for something if there is nothing to compute. */
    private void drainInbox() {
        if (answers.isEmpty()) {
            idle = true;
            obey(take());
            progressAt = System.nanoTime();
            idle = false;
        }
        for (Order order = inbox.poll(); order != null; order = inbox.poll()) {
            obey(order);
        }
    }

    private Order take() {
        while (true) {
            try {
                return inbox.take();
            } catch (InterruptedException e) {
                log.atWarn()
                        .addKeyValue("model", info.name())
                        .log("Interrupt ignored; the engine ends by close()");
            }
        }
    }

    private void obey(Order order) {
        switch (order) {
            case Order.Run(Answer answer) -> accept(answer);
            case Order.Reject(Consumer<TextEvent> events, EngineFailure failure) ->
                    tell(() -> events.accept(new TextEvent.Failed(failure)));
            case Order.Cancel(String id) ->
                    Optional.ofNullable(answers.get(id))
                            .ifPresent(answer -> end(answer, Answer::cancelled));
            case Order.Stop() -> stopping = true;
        }
    }

    private void accept(Answer answer) {
        String id = answer.id();
        if (broken != null) {
            EngineFailure failure = broken;
            tell(() -> answer.failed(failure));
        } else if (answers.putIfAbsent(id, answer) != null) {
            tell(() ->
                    answer.failed(
                            new EngineFailure.Internal(
                                    "a request with the id " + id + " is running")));
        } else {
            answer.sequences().forEach(scheduler::add);
        }
    }

    private void step() {
        scheduler.next().ifPresent(batch -> run(batch).ifPresent(logits -> use(batch, logits)));
        progressAt = System.nanoTime();
    }

    private Optional<Logits> run(Batch batch) {
        try {
            for (Batch.Fork fork : batch.forks()) {
                decoder.copy(fork.from().slot(), fork.to().slot(), fork.length());
            }
            for (Sequence row : batch.rows()) {
                if (!tell(answer(row)::started)) {
                    end(answer(row), Answer::cancelled);
                    return Optional.empty();
                }
            }
            Logits logits = decoder.step(batch.tokens(), batch.positions(), batch.slots());
            steps++;
            return Optional.of(logits);
        } catch (RuntimeException e) {
            fail(batch, e);
            return Optional.empty();
        }
    }

    private void use(Batch batch, Logits logits) {
        for (int i = 0; i < batch.rows().size(); i++) {
            Sequence row = batch.rows().get(i);
            row.advance(batch.width());
            Answer answer = answers.get(row.id());
            if (row.unread() > 0 || answer == null) {
                continue; // with more of its prompt to read, or ended with a sibling
            }
            int index = i;
            boolean[] continues = {false};
            if (!tell(() -> continues[0] = answer.continues(row.choice(), logits, index))) {
                end(answer, Answer::cancelled);
            } else if (answer.hasEnded()) {
                forget(answer);
            } else if (!continues[0]) {
                scheduler.remove(row);
            }
        }
    }

    private void fail(Batch batch, RuntimeException e) {
        EngineFailure failure = Failures.of(e);
        boolean lost = failure instanceof EngineFailure.DeviceBroken;
        List<Answer> failed = lost ? List.copyOf(answers.values()) : concerned(batch);
        log.atError()
                .addKeyValue("model", info.name())
                .addKeyValue("requests", failed.size())
                .setCause(e)
                .log(
                        lost
                                ? "The device is lost; all requests fail from now on"
                                : "A step failed, and its requests with it");
        failed.forEach(answer -> end(answer, each -> each.failed(failure)));
        if (lost) {
            broken = failure;
        }
    }

    /** Whose sequences the batch runs or forks. */
    private List<Answer> concerned(Batch batch) {
        Stream<Sequence> forked = batch.forks().stream().map(Batch.Fork::to);
        return Stream.concat(batch.rows().stream(), forked).map(this::answer).distinct().toList();
    }

    private Answer answer(Sequence row) {
        return Objects.requireNonNull(answers.get(row.id()));
    }

    private void end(Answer answer, Consumer<Answer> lastWord) {
        forget(answer);
        tell(() -> lastWord.accept(answer));
    }

    private void forget(Answer answer) {
        answers.remove(answer.id());
        answer.sequences().forEach(scheduler::remove);
    }

    /** Calls a consumer of events; returns whether it took them. */
    private boolean tell(Runnable event) {
        try {
            event.run();
            return true;
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("model", info.name())
                    .setCause(e)
                    .log("A consumer of events failed; its request ends");
            return false;
        }
    }
}

package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchingTextEngineTest {
    private static final int PLENTY = 1_000_000;

    private final FakeDecoder decoder = new FakeDecoder();
    private final BatchingTextEngine engine =
            new BatchingTextEngine(
                            new TextModelInfo(
                                    "fake",
                                    "Fake",
                                    0,
                                    decoder.contextLength(),
                                    1,
                                    "fp32",
                                    "cpu",
                                    2),
                            decoder,
                            // A turn's content is the length of the prompt; a token reads as its
                            // number.
                            new BatchingTextEngine.Conversation(
                                    turns -> new long[Integer.parseInt(turns.getFirst().content())],
                                    new Answer.ModelVoice(
                                            Set.of(99L),
                                            ids ->
                                                    Arrays.stream(ids)
                                                            .mapToObj(id -> id + " ")
                                                            .collect(Collectors.joining())),
                                    () -> {}),
                            8)
                    .start();

    @AfterEach
    void close() {
        decoder.permits.release(PLENTY);
        engine.close();
    }

    @Test
    void anAnswerComesInOrderAndEndsOnce() throws Exception {
        RecordedEvents events = submit("a", 3, 4);
        decoder.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new TextEvent.Finished(FinishReason.LENGTH, 3, 4));
        assertThat(events.all())
                .containsExactly(
                        new TextEvent.Started(3),
                        new TextEvent.Delta("1 ", 1),
                        new TextEvent.Delta("2 ", 1),
                        new TextEvent.Delta("3 ", 1),
                        new TextEvent.Delta("4 ", 1),
                        new TextEvent.Finished(FinishReason.LENGTH, 3, 4));
    }

    @Test
    void theContextEndsAnAnswerThatWantsMore() throws Exception {
        RecordedEvents events = submit("a", 45, PLENTY);
        decoder.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new TextEvent.Finished(FinishReason.LENGTH, 45, 5));
    }

    @Test
    void aPromptWithoutRoomForAnAnswerIsRefusedWithBothNumbers() throws Exception {
        assertThat(submit("a", 50, 1).end())
                .isEqualTo(new TextEvent.Failed(new EngineFailure.PromptTooLong(50, 50)));
    }

    @Test
    void aCancelledAnswerEndsWithinOneStep() throws Exception {
        RecordedEvents events = submit("a", 1, 40);
        decoder.permits.release(3);
        events.awaitText();
        engine.cancel("a");
        engine.cancel("unknown");
        decoder.permits.release(1);

        assertThat(events.end())
                .isInstanceOfSatisfying(
                        TextEvent.Cancelled.class,
                        end -> assertThat(end.completionTokens()).isBetween(1, 4));
        assertThat(engine.stepsDone()).isLessThanOrEqualTo(4);
    }

    @Test
    void oneThatStillWaitsCanBeCancelled() throws Exception {
        RecordedEvents first = submit("a", 1, 40);
        RecordedEvents second = submit("b", 1, 40);
        RecordedEvents third = submit("c", 1, 40);
        engine.cancel("c");
        decoder.permits.release(1);

        assertThat(third.end()).isEqualTo(new TextEvent.Cancelled(0));
        assertThat(third.all()).hasSize(1);
        decoder.permits.release(PLENTY);
        assertThat(first.end()).isInstanceOf(TextEvent.Finished.class);
        assertThat(second.end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void aFailedStepFailsItsRequestsAndTheNextOnesRun() throws Exception {
        decoder.nextFailure.set(new IllegalStateException("boom"));
        RecordedEvents events = submit("a", 1, 2);
        decoder.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(
                        new TextEvent.Failed(
                                new EngineFailure.Internal("IllegalStateException: boom")));
        assertThat(submit("b", 1, 2).end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void memoryAndDeviceFailuresAreToldApart() throws Exception {
        decoder.permits.release(PLENTY);
        decoder.nextFailure.set(
                new IllegalStateException("DefaultCPUAllocator: not enough memory: you tried"));
        assertThat(failure(submit("a", 1, 2))).isInstanceOf(EngineFailure.OutOfMemory.class);

        decoder.nextFailure.set(new IllegalStateException("CUDA error: an illegal memory access"));
        assertThat(failure(submit("b", 1, 2))).isInstanceOf(EngineFailure.DeviceBroken.class);
        assertThat(failure(submit("c", 1, 2))).isInstanceOf(EngineFailure.DeviceBroken.class);
    }

    @Test
    void aConsumerThatThrowsEndsItsOwnRequestOnly() throws Exception {
        RecordedEvents seen = new RecordedEvents();
        Consumer<TextEvent> throwing =
                event -> {
                    seen.accept(event);
                    if (event instanceof TextEvent.Delta) {
                        throw new IllegalStateException("consumer");
                    }
                };
        engine.submit(request("a", 1, 40), throwing);
        RecordedEvents other = submit("b", 1, 10);
        decoder.permits.release(PLENTY);

        assertThat(seen.end()).isEqualTo(new TextEvent.Cancelled(1));
        assertThat(other.end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void anIdThatIsRunningIsNotTakenTwice() throws Exception {
        RecordedEvents first = submit("a", 1, 3);
        RecordedEvents second = submit("a", 1, 3);
        decoder.permits.release(PLENTY);

        assertThat(failure(second)).isInstanceOf(EngineFailure.Internal.class);
        assertThat(first.end()).isInstanceOf(TextEvent.Finished.class);
        assertThat(submit("a", 1, 3).end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void theWatchdogSeesAStepThatHangsAndNothingWhenIdle() throws Exception {
        assertThat(engine.sinceProgress()).isZero();
        RecordedEvents events = submit("a", 1, 1);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (engine.sinceProgress().compareTo(Duration.ofMillis(50)) < 0
                && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(engine.sinceProgress()).isGreaterThanOrEqualTo(Duration.ofMillis(50));

        decoder.permits.release(PLENTY);
        events.end();
        while (!engine.sinceProgress().isZero() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(engine.sinceProgress()).isZero();
    }

    @Test
    void closingCancelsAllAndLaterRequestsToo() throws Exception {
        RecordedEvents running = submit("a", 1, 40);
        RecordedEvents waiting = submit("b", 1, 40);
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer =
                Thread.ofVirtual()
                        .start(() -> {
                            engine.close();
                            closed.countDown();
                        });
        while (!(lastOf(submit("probe", 1, 1)) instanceof TextEvent.Cancelled)) {
            Thread.onSpinWait();
        }
        decoder.permits.release(1);

        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        closer.join();
        assertThat(running.end()).isInstanceOf(TextEvent.Cancelled.class);
        assertThat(waiting.end()).isEqualTo(new TextEvent.Cancelled(0));
        assertThat(submit("c", 1, 1).end()).isEqualTo(new TextEvent.Cancelled(0));
        assertThat(decoder.closed).isTrue();
    }

    private static Object lastOf(RecordedEvents events) {
        return events.all().isEmpty() ? "nothing" : events.all().getLast();
    }

    private static EngineFailure failure(RecordedEvents events) throws Exception {
        return ((TextEvent.Failed) events.end()).failure();
    }

    private RecordedEvents submit(String id, int promptTokens, int maxTokens) {
        RecordedEvents events = new RecordedEvents();
        engine.submit(request(id, promptTokens, maxTokens), events);
        return events;
    }

    private static TextRequest request(String id, int promptTokens, int maxTokens) {
        List<ChatTurn> turns = List.of(new ChatTurn("user", Integer.toString(promptTokens)));
        return new TextRequest(id, turns, Sampling.GREEDY, maxTokens, List.of(), 0);
    }
}

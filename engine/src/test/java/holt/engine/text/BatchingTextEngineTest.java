package holt.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.text.sampling.Sampling;
import holt.engine.text.sampling.TokenScores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
                            new FakeChatTokenizer(),
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

        assertThat(events.end()).isEqualTo(finished(3, 4));
        assertThat(events.all())
                .containsExactly(
                        new TextEvent.Started(3),
                        delta(0, "1 "),
                        delta(0, "2 "),
                        delta(0, "3 "),
                        delta(0, "4 "),
                        finished(3, 4));
    }

    @Test
    void theContextEndsAnAnswerThatWantsMore() throws Exception {
        RecordedEvents events = submit("a", 45, PLENTY);
        decoder.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(finished(45, 5));
    }

    @Test
    void aPromptWithoutRoomForAnAnswerIsRefusedWithBothNumbers() throws Exception {
        assertThat(submit("a", 50, 1).end())
                .isEqualTo(
                        new TextEvent.Failed(new EngineFailure.PromptTooLong("messages", 50, 50)));
    }

    @Test
    void aModelThatComputesNoNumbersFailsTheRequestByItsName() throws Exception {
        decoder.score = Float.POSITIVE_INFINITY;
        RecordedEvents events = submit("a", 3, 4);
        decoder.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(
                        new TextEvent.Failed(
                                new EngineFailure.Internal(
                                        "the model fake computes NaN: the logits are not finite numbers")));
        decoder.score = 1;
        assertThat(submit("b", 3, 4).end()).isEqualTo(finished(3, 4));
    }

    @Test
    void aCancelledAnswerEndsWithinOneStep() throws Exception {
        RecordedEvents events = submit("a", 1, 40);
        decoder.permits.release(3);
        events.awaitText();
        engine.cancel(new RequestId("a"));
        engine.cancel(new RequestId("unknown"));
        decoder.permits.release(1);

        assertThat(events.end())
                .isInstanceOfSatisfying(
                        TextEvent.Cancelled.class,
                        end -> assertThat(end.completionTokens()).isBetween(1, 4));
        assertThat(engine.stepsDone()).isLessThanOrEqualTo(4);
    }

    @Test
    void anAnswerThatIsCutShortEndsWithWhatItHas() throws Exception {
        RecordedEvents events = submit("a", 1, 40);
        decoder.permits.release(3);
        events.awaitText();
        engine.cutShort(new RequestId("a"));
        engine.cutShort(new RequestId("unknown"));
        decoder.permits.release(1);

        assertThat(events.end())
                .isInstanceOfSatisfying(
                        TextEvent.Finished.class,
                        end -> {
                            assertThat(end.reasons()).containsExactly(FinishReason.LENGTH);
                            assertThat(end.completionTokens()).isBetween(1, 4);
                            assertThat(events.text(0))
                                    .isEqualTo("1 2 3 4 ".substring(0, 2 * end.completionTokens()));
                        });
        decoder.permits.release(PLENTY);
        assertThat(submit("b", 3, 4).end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void oneThatIsCutShortBeforeItsFirstTokenEndsWithThatToken() throws Exception {
        RecordedEvents first = submit("a", 1, 40);
        RecordedEvents second = submit("b", 1, 40);
        RecordedEvents third = submit("c", 1, 40);
        engine.cutShort(new RequestId("c"));
        decoder.permits.release(PLENTY);

        assertThat(third.end())
                .isEqualTo(new TextEvent.Finished(List.of(FinishReason.LENGTH), 1, 1));
        assertThat(first.end()).isInstanceOf(TextEvent.Finished.class);
        assertThat(second.end()).isInstanceOf(TextEvent.Finished.class);
    }

    @Test
    void oneThatStillWaitsCanBeCancelled() throws Exception {
        RecordedEvents first = submit("a", 1, 40);
        RecordedEvents second = submit("b", 1, 40);
        RecordedEvents third = submit("c", 1, 40);
        engine.cancel(new RequestId("c"));
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
    void aStepForWhichMemoryLacksIsRunInParts() throws Exception {
        decoder.maxTokens = 1;
        RecordedEvents first = submit("a", 6, 4);
        RecordedEvents second = submit("b", 1, 4);
        decoder.permits.release(PLENTY);

        assertThat(first.end()).isEqualTo(finished(6, 4));
        assertThat(second.end()).isEqualTo(finished(1, 4));
    }

    @Test
    void whatIsTooMuchByItselfFailsAlone() throws Exception {
        decoder.maxTokens = 0;
        RecordedEvents events = submit("a", 1, 4);
        decoder.permits.release(PLENTY);
        assertThat(failure(events)).isInstanceOf(EngineFailure.OutOfMemory.class);

        decoder.maxTokens = 8;
        assertThat(submit("b", 1, 4).end()).isEqualTo(finished(1, 4));
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
        assertThat(waiting.end()).isInstanceOf(TextEvent.Cancelled.class);
        assertThat(submit("c", 1, 1).end()).isEqualTo(new TextEvent.Cancelled(0));
        assertThat(decoder.closed).isTrue();
    }

    @Test
    void severalAnswersReadThePromptOnceAndEndTogether() throws Exception {
        RecordedEvents events = submit(several("a", 3, 2, null));
        decoder.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(
                        new TextEvent.Finished(
                                List.of(
                                        FinishReason.LENGTH,
                                        FinishReason.LENGTH,
                                        FinishReason.LENGTH),
                                3,
                                6));
        assertThat(events.all()).startsWith(new TextEvent.Started(3));
        assertThat(events.all().subList(1, 7))
                .containsExactlyInAnyOrder(
                        delta(0, "1 "),
                        delta(0, "2 "),
                        delta(1, "1 "),
                        delta(1, "2 "),
                        delta(2, "1 "),
                        delta(2, "2 "));
        // Two slots: the third one goes on in that of the first.
        assertThat(decoder.copies).containsExactly("0>1:2");
        // The prompt, then 2, 2 and 1 rows.
        assertThat(engine.stepsDone()).isEqualTo(4);
    }

    @Test
    void severalAnswersAreCancelledTogether() throws Exception {
        RecordedEvents events = submit(several("a", 3, 40, null));
        decoder.permits.release(3);
        events.awaitText();
        engine.cancel(new RequestId("a"));
        decoder.permits.release(PLENTY);

        assertThat(events.end()).isInstanceOf(TextEvent.Cancelled.class);
        RecordedEvents next = submit("b", 1, 2);
        assertThat(next.end()).isEqualTo(finished(1, 2));
    }

    @Test
    void aFailedStepFailsARequestOnceHoweverManyAnswersItWants() throws Exception {
        RecordedEvents events = submit(several("a", 2, 40, null));
        decoder.permits.release(1);
        events.awaitText();
        decoder.nextFailure.set(new IllegalStateException("boom"));
        decoder.permits.release(PLENTY);

        assertThat(failure(events)).isInstanceOf(EngineFailure.Internal.class);
        assertThat(events.all()).filteredOn(TextEvent.Failed.class::isInstance).hasSize(1);
        assertThat(submit("b", 1, 2).end()).isEqualTo(finished(1, 2));
    }

    @Test
    void aConsumerThatThrowsEndsAllOfItsAnswers() throws Exception {
        RecordedEvents seen = new RecordedEvents();
        engine.submit(
                several("a", 2, 40, null),
                event -> {
                    seen.accept(event);
                    if (event instanceof TextEvent.Delta delta && delta.text().equals("3 ")) {
                        throw new IllegalStateException("consumer");
                    }
                });
        decoder.permits.release(PLENTY);
        assertThat(seen.end()).isInstanceOf(TextEvent.Cancelled.class);
        assertThat(submit("b", 1, 2).end()).isEqualTo(finished(1, 2));
    }

    @Test
    void scoresComeWithTheTextTheyBelongTo() throws Exception {
        RecordedEvents events = submit(several("a", 1, 3, 2));
        decoder.permits.release(PLENTY);
        events.end();

        // One logit is 1, the 99 others are 0.
        double likeliest = 1 - Math.log(Math.E + 99);
        for (int i = 1; i <= 3; i++) {
            TokenScores scores = ((TextEvent.Delta) events.all().get(i)).scores().getFirst();
            assertThat(scores.chosen().token().text()).isEqualTo(i + " ");
            assertThat(scores.chosen().logprob()).isCloseTo(likeliest, within(1e-9));
            assertThat(scores.top()).hasSize(2).startsWith(scores.chosen());
        }
    }

    @Test
    void nothingIsToldOfTokensThatAStopTextCut() throws Exception {
        TextRequest plain = several("a", 1, 40, 0);
        RecordedEvents events =
                submit(
                        new TextRequest(
                                new RequestId("a"),
                                plain.turns(),
                                plain.sampling(),
                                40,
                                List.of("3 4"),
                                0,
                                1,
                                0));
        decoder.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(new TextEvent.Finished(List.of(FinishReason.STOP), 3, 4));
        assertThat(events.text()).isEqualTo("1 2 ");
        assertThat(
                        events.all().stream()
                                .filter(TextEvent.Delta.class::isInstance)
                                .flatMap(delta -> ((TextEvent.Delta) delta).scores().stream())
                                .map(scores -> scores.chosen().token().text()))
                .containsExactly("1 ", "2 ");
    }

    @Test
    void aBiasOfATokenThatTheModelDoesNotHaveIsRefused() throws Exception {
        var biased = new Sampling(0, 0, 1, 0, Sampling.Penalties.NONE, Map.of(100, 1.0), null);
        RecordedEvents events =
                submit(
                        new TextRequest(
                                new RequestId("a"),
                                List.of(new ChatTurn("user", "1")),
                                biased,
                                1,
                                List.of(),
                                0));

        assertThat(failure(events)).isEqualTo(new EngineFailure.UnknownToken(100, 100));
    }

    @Test
    void tokensThatAnEarlierPromptBeganWithAreCountedAsCached() throws Exception {
        decoder.permits.release(PLENTY);
        assertThat(submit("a", 10, 1).end()).isEqualTo(finished(10, 1));
        assertThat(submit("b", 12, 1).end())
                .isEqualTo(new TextEvent.Finished(List.of(FinishReason.LENGTH), 12, 1, 10));
    }

    private static TextEvent.Delta delta(int choice, String text) {
        return new TextEvent.Delta(choice, text, 1, List.of());
    }

    private static TextEvent.Finished finished(int promptTokens, int completionTokens) {
        return new TextEvent.Finished(List.of(FinishReason.LENGTH), promptTokens, completionTokens);
    }

    private static Object lastOf(RecordedEvents events) {
        return events.all().isEmpty() ? "nothing" : events.all().getLast();
    }

    private static EngineFailure failure(RecordedEvents events) throws Exception {
        return ((TextEvent.Failed) events.end()).failure();
    }

    private RecordedEvents submit(String id, int promptTokens, int maxTokens) {
        return submit(request(id, promptTokens, maxTokens));
    }

    private RecordedEvents submit(TextRequest request) {
        RecordedEvents events = new RecordedEvents();
        engine.submit(request, events);
        return events;
    }

    /** After a prompt of three tokens. */
    private static TextRequest several(
            String id, int choices, int maxTokens, @Nullable Integer topScores) {
        TextRequest one = request(id, 3, maxTokens);
        return new TextRequest(
                new RequestId(id),
                one.turns(),
                one.sampling(),
                maxTokens,
                List.of(),
                0,
                choices,
                topScores);
    }

    private static TextRequest request(String id, int promptTokens, int maxTokens) {
        var turn = new ChatTurn("user", Integer.toString(promptTokens));
        return new TextRequest(
                new RequestId(id), List.of(turn), Sampling.GREEDY, maxTokens, List.of(), 0);
    }
}

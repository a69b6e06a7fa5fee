package holt.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import holt.engine.EngineFailure;
import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.denoising.SeededNoise;
import holt.engine.loop.BatchLoop;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class BatchingImageEngineTest {
    private static final int PLENTY = 1_000_000;
    private static final int SIDE = 4;
    private static final int ROOM = 4; // UNet rows of a step with pictures of 4 x 4

    private final FakeDiffusionModel model = new FakeDiffusionModel();
    private final BatchingImageEngine engine =
            new BatchingImageEngine(
                            new ImageModelInfo(
                                    "fake",
                                    "Fake",
                                    0,
                                    ModelInputs.LATENTS,
                                    SIDE,
                                    1,
                                    64,
                                    100,
                                    ImageDefaults.USUAL,
                                    "fp32",
                                    "cpu"),
                            model,
                            ROOM * SIDE * SIDE,
                            SeededNoise::new)
                    .start();

    @AfterEach
    void close() {
        model.permits.release(PLENTY);
        engine.close();
    }

    @Test
    void picturesOfARequestGoTogetherAndComeInOrder() throws Exception {
        RecordedImageEvents events = submit(request("a", 2, null));
        model.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        assertThat(events.all().subList(0, 3))
                .containsExactly(
                        new ImageEvent.Started(2),
                        new ImageEvent.Progress(2, 4),
                        new ImageEvent.Progress(4, 4));
        assertThat(events.all().subList(3, 5))
                .extracting(event -> ((ImageEvent.PictureDone) event).index())
                .containsExactly(0, 1);
        assertThat(events.all()).hasSize(6);
        assertThat(model.rows).containsExactly(4, 4);
        // Two steps of 2 * 0.2 from zero: 0.8 of -1..1, in the middle of two bytes.
        for (byte value : events.pictures().getFirst().rgb()) {
            assertThat(value & 0xff).isBetween(229, 230);
        }
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0, the latents", "0, NaN, the pixels", "0, Infinity, the pixels"})
    void aModelThatComputesNoNumbersFailsTheRequestByItsName(
            float prediction, float pixel, String what) throws Exception {
        model.predictionError = prediction;
        model.pixelError = pixel;
        RecordedImageEvents events = submit(request("a", 1, null));
        model.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(
                        new ImageEvent.Failed(
                                new EngineFailure.Internal(
                                        "the model fake computes NaN: %s are not finite numbers"
                                                .formatted(what))));
        assertThat(events.pictures()).isEmpty();
    }

    @Test
    void aCancellationOfWhatHasEndedIsNoWork() throws Exception {
        var log = (Logger) LoggerFactory.getLogger(BatchLoop.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try {
            engine.cancel(new RequestId("ended"));
            RecordedImageEvents events = submit(request("a", 1, null));
            model.permits.release(PLENTY);

            assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
            assertThat(lines.list).isEmpty();
        } finally {
            log.detachAppender(lines);
        }
    }

    @Test
    void picturesBeyondTheMemoryWaitForTheFirstOnes() throws Exception {
        RecordedImageEvents events = submit(request("a", 3, null));
        model.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        assertThat(model.rows).containsExactly(4, 4, 2, 2);
        assertThat(events.pictures()).hasSize(3);
    }

    @Test
    void aPictureThatIsTooLargeForTheMemoryLimitIsMadeAlone() throws Exception {
        RecordedImageEvents events = submit(sized("a", 8, 8));
        model.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        assertThat(model.rows).containsExactly(2, 2);
    }

    @Test
    void requestsWithoutSeedShareStepsAndThoseWithOneDoNot() throws Exception {
        // Long enough to be still at work when the others are there.
        RecordedImageEvents first =
                submit(
                        new ImageRequest(
                                new RequestId("a"), "ab", "", SIDE, SIDE, 1, 6, 2, null, null, 0));
        model.permits.release(1);
        first.awaitProgress();
        RecordedImageEvents seeded = submit(request("b", 1, 7L));
        RecordedImageEvents last = submit(request("c", 1, null));
        RecordedImageEvents smaller = submit(sized("d", 2, 2));
        model.permits.release(PLENTY);

        for (RecordedImageEvents events : List.of(first, seeded, last, smaller)) {
            assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        }
        assertThat(model.rows).filteredOn(count -> count == 4).hasSize(2); // of a and c together
        assertThat(model.rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(24);
    }

    @Test
    void guidanceOfOneAsksOnce() throws Exception {
        var request =
                new ImageRequest(new RequestId("a"), "ab", "", SIDE, SIDE, 1, 3, 1, null, null, 0);
        RecordedImageEvents events = submit(request);
        model.permits.release(PLENTY);

        assertThat(events.end()).isEqualTo(new ImageEvent.Finished());
        assertThat(model.rows).containsExactly(1, 1, 1);
    }

    @Test
    void aCancelledRequestEndsWithinOneStep() throws Exception {
        RecordedImageEvents events =
                submit(
                        new ImageRequest(
                                new RequestId("a"), "ab", "", SIDE, SIDE, 1, 50, 2, null, null, 0));
        model.permits.release(2);
        events.awaitProgress();
        engine.cancel(new RequestId("a"));
        engine.cancel(new RequestId("unknown"));
        model.permits.release(1);

        assertThat(events.end()).isEqualTo(new ImageEvent.Cancelled());
        assertThat(engine.stepsDone()).isLessThanOrEqualTo(3);
    }

    @Test
    void aFailedStepFailsItsRequestsAndTheNextOnesRun() throws Exception {
        model.nextFailure.set(new IllegalStateException("boom"));
        RecordedImageEvents events = submit(request("a", 1, null));
        model.permits.release(PLENTY);

        assertThat(events.end())
                .isEqualTo(
                        new ImageEvent.Failed(
                                new EngineFailure.Internal("IllegalStateException: boom")));
        assertThat(submit(request("b", 1, null)).end()).isEqualTo(new ImageEvent.Finished());
    }

    @Test
    void memoryAndDeviceFailuresAreToldApart() throws Exception {
        model.permits.release(PLENTY);
        model.nextFailure.set(new IllegalStateException("CUDA out of memory. Tried to allocate"));
        assertThat(failure(submit(request("a", 1, null))))
                .isInstanceOf(EngineFailure.OutOfMemory.class);

        model.nextFailure.set(new IllegalStateException("CUDA error: an illegal memory access"));
        assertThat(failure(submit(request("b", 1, null))))
                .isInstanceOf(EngineFailure.DeviceBroken.class);
        assertThat(failure(submit(request("c", 1, null))))
                .isInstanceOf(EngineFailure.DeviceBroken.class);
    }

    @ParameterizedTest
    @CsvSource({"9,8,2,size", "4,4,101,steps"})
    void whatTheModelCannotDoIsRefusedByItsField(int width, int height, int steps, String field)
            throws Exception {
        var request =
                new ImageRequest(
                        new RequestId("a"), "", "", width, height, 1, steps, 2, null, null, 0);
        assertThat(failure(submit(request)))
                .isInstanceOfSatisfying(
                        EngineFailure.Refused.class,
                        refused -> assertThat(refused.field()).isEqualTo(field));
    }

    @Test
    void aConsumerThatThrowsEndsItsOwnRequestOnly() throws Exception {
        RecordedImageEvents seen = new RecordedImageEvents();
        Consumer<ImageEvent> throwing =
                event -> {
                    seen.accept(event);
                    if (event instanceof ImageEvent.Progress) {
                        throw new IllegalStateException("consumer");
                    }
                };
        engine.submit(request("a", 1, null), throwing);
        RecordedImageEvents other = submit(request("b", 1, null));
        model.permits.release(PLENTY);

        assertThat(seen.end()).isEqualTo(new ImageEvent.Cancelled());
        assertThat(seen.all()).hasSize(3);
        assertThat(other.end()).isEqualTo(new ImageEvent.Finished());
    }

    @Test
    void anIdThatIsRunningIsNotTakenTwice() throws Exception {
        RecordedImageEvents first = submit(request("a", 1, null));
        RecordedImageEvents second = submit(request("a", 1, null));
        model.permits.release(PLENTY);

        assertThat(failure(second)).isInstanceOf(EngineFailure.Internal.class);
        assertThat(first.end()).isEqualTo(new ImageEvent.Finished());
    }

    @Test
    void closingCancelsAllAndLaterRequestsToo() throws Exception {
        RecordedImageEvents running = submit(request("a", 1, null));
        RecordedImageEvents waiting = submit(request("b", 1, 1L));
        Thread closer = Thread.ofVirtual().start(engine::close);
        while (submit(request("probe", 1, null)).all().isEmpty()) {
            Thread.onSpinWait();
        }
        model.permits.release(1);
        closer.join();

        assertThat(running.end()).isEqualTo(new ImageEvent.Cancelled());
        assertThat(waiting.end()).isEqualTo(new ImageEvent.Cancelled());
        assertThat(submit(request("c", 1, null)).end()).isEqualTo(new ImageEvent.Cancelled());
        assertThat(model.closed).isTrue();
    }

    private static EngineFailure failure(RecordedImageEvents events) throws Exception {
        return ((ImageEvent.Failed) events.end()).failure();
    }

    private RecordedImageEvents submit(ImageRequest request) {
        RecordedImageEvents events = new RecordedImageEvents();
        engine.submit(request, events);
        return events;
    }

    private static ImageRequest request(String id, int count, @Nullable Long seed) {
        return new ImageRequest(
                new RequestId(id), "ab", "", SIDE, SIDE, count, 2, 2, seed, null, 0);
    }

    private static ImageRequest sized(String id, int width, int height) {
        return new ImageRequest(new RequestId(id), "ab", "", width, height, 1, 2, 2, null, null, 0);
    }
}

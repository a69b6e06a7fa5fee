package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Asked;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.StoredObject;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadOutcomeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final EventPlace PLACE = new EventPlace(1, 7);
    private static final Outcome DONE =
            new Outcome.ChatCompleted("yo", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    private final Map<EventPlace, byte[]> log = new HashMap<>();
    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(store, () -> NOW);
    private final ReadOutcome read = new ReadOutcome(log::get, claims);

    @Test
    @DisplayName("R56: the outcome is read from its place in the log")
    void anInlineOutcomeIsReadFromTheLog() {
        log.put(PLACE, finished(DONE));

        assertThat(read.at(PLACE)).isEqualTo(DONE);
    }

    @Test
    @DisplayName("R27: a larger outcome is a claim check")
    void aLargeOutcomeIsReadFromTheStore() {
        log.put(PLACE, finished(new Outcome.Stored(claims.put(Codec.encode(DONE)))));

        assertThat(read.at(PLACE)).isEqualTo(DONE);
    }

    @Test
    @DisplayName(
            "R137: a form that is a claim check is read from the store, and has expired with it")
    void aLargeFormIsReadFromTheStore() {
        var form = new Asked.Form.Response(Map.of("user", "ann"));
        StoredObject object = claims.put(Codec.encode(form));
        log.put(PLACE, finished(DONE, new Asked("alias", null, new Asked.Form.Stored(object))));

        assertThat(read.result(PLACE))
                .isEqualTo(new JobResult(DONE, new Asked("alias", null, form)));

        store.delete(object.key());
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> read.result(PLACE))
                .satisfies(
                        refused -> assertThat(refused.failure()).isEqualTo(Failure.RESULT_EXPIRED));
    }

    @Test
    void aStoreThatIsAwayFailsTheOutcome() {
        var stored = new Outcome.Stored(claims.put(Codec.encode(DONE)));
        store.setDown(true);

        assertThat(read.resolve(stored))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.reason()).isEqualTo(Failure.STORAGE_UNAVAILABLE));
    }

    @Test
    void aDamagedOutcomeFails() {
        var stored = new Outcome.Stored(claims.put(Codec.encode(DONE)));
        store.put(stored.object().key(), new byte[1], "application/octet-stream");

        assertThat(read.resolve(stored))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.SERVER_ERROR));
    }

    @Test
    void aBrokerThatDoesNotGiveTheEventIsOverloaded() {
        assertThat(failureAt(PLACE)).isEqualTo(Failure.OVERLOADED);
    }

    @Test
    @DisplayName("R153: a result that the log has deleted has expired")
    void anEventThatTheLogHasDeletedHasExpired() {
        var gone =
                new ReadOutcome(
                        _ -> {
                            throw new RecordGoneException(new IllegalStateException());
                        },
                        claims);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> gone.at(PLACE))
                .satisfies(
                        refused -> assertThat(refused.failure()).isEqualTo(Failure.RESULT_EXPIRED));
    }

    @Test
    @DisplayName("R153: a large result that the object store has deleted has expired")
    void anObjectThatIsGoneHasExpired() {
        var stored = new Outcome.Stored(claims.put(Codec.encode(DONE)));
        store.delete(stored.object().key());

        assertThat(read.resolve(stored))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(Failure.RESULT_EXPIRED));
    }

    @Test
    void aRecordThatIsNoEndIsAServerError() {
        log.put(PLACE, "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(failureAt(PLACE)).isEqualTo(Failure.SERVER_ERROR);

        log.put(
                PLACE,
                Codec.encode(
                        new JobEvent.Accepted(
                                new JobId("a"),
                                new ModelName("m"),
                                Lane.NORMAL,
                                new InstanceId("i"),
                                NOW)));
        assertThat(failureAt(PLACE)).isEqualTo(Failure.SERVER_ERROR);
    }

    private Failure failureAt(EventPlace place) {
        return assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> read.at(place))
                .actual()
                .failure();
    }

    private static byte[] finished(Outcome outcome) {
        return finished(outcome, null);
    }

    private static byte[] finished(Outcome outcome, Asked asked) {
        return Codec.encode(
                new JobEvent.Finished(
                        new JobId("a"), new ModelName("m"), Lane.NORMAL, null, outcome, asked));
    }
}

package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.api.queue.index.RequestKey;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.TraceContext;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class JobOptionsTest {
    private static final String TRACEPARENT =
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final MockHttpServletRequest request = request();

    @Test
    void withoutHeadersNothingIsAskedFor() {
        assertThat(JobOptions.of(request))
                .isEqualTo(
                        new JobOptions(
                                Caller.ANYBODY, null, null, false, Duration.ZERO, null, null));
    }

    @Test
    void preferencesComeInOneHeaderOrInSeveralAndUnknownOnesAreIgnored() {
        request.addHeader("Prefer", "handling=lenient, Respond-Async");
        request.addHeader("Prefer", "wait=7");
        request.addHeader("Idempotency-Key", "k 1");
        request.addHeader("Cancel-After", "86400");
        request.addHeader("X-Holt-Lane", "high");

        assertThat(JobOptions.of(request))
                .isEqualTo(
                        new JobOptions(
                                Caller.ANYBODY,
                                Lane.HIGH,
                                new RequestKey("k 1"),
                                true,
                                Duration.ofSeconds(7),
                                Duration.ofDays(1),
                                null));
    }

    @Test
    void aTraceMayHaveItsStateInSeveralHeaders() {
        request.addHeader("traceparent", TRACEPARENT);
        request.addHeader("tracestate", "a=1");
        request.addHeader("tracestate", "b=2");

        assertThat(JobOptions.of(request).trace())
                .isEqualTo(new TraceContext(TRACEPARENT, "a=1,b=2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "0", "-1", "1.5", "86401", "315360000"})
    void anInvalidOrTooLongDeadlineIsRefusedByItsName(String value) {
        request.addHeader("Cancel-After", value);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> JobOptions.of(request))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("Cancel-After"));
    }

    @Test
    void withoutALaneOnlyAnAsynchronousJobIsABatchJob() {
        assertThat(JobOptions.of(request).lane(false)).isEqualTo(Lane.NORMAL);
        assertThat(JobOptions.of(request).lane(true)).isEqualTo(Lane.BATCH);
    }

    @Test
    void anUnknownLaneIsRefusedByItsName() {
        request.addHeader("X-Holt-Lane", "HIGH");

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> JobOptions.of(request))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("X-Holt-Lane"));
    }

    @Test
    void aLaneThatTheKeyDoesNotAllowIsRefused() {
        new Caller("team:blue", "k", Set.of(), new Limits(1, Set.of(Lane.NORMAL), null, null))
                .attachTo(request);
        request.addHeader("X-Holt-Lane", "high");

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> JobOptions.of(request))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @CsvSource({"priority,HIGH", "default,NORMAL", "scale,NORMAL", "auto,NORMAL", "flex,BATCH"})
    @DisplayName("R188: service_tier chooses the lane")
    void aTierIsALane(String tier, Lane lane) {
        assertThat(JobOptions.of(request).withTier(tier).lane(false)).isEqualTo(lane);
    }

    @Test
    @DisplayName("R188: X-Holt-Lane counts more than service_tier")
    void theHeaderCountsMore() {
        request.addHeader("X-Holt-Lane", "batch");

        assertThat(JobOptions.of(request).withTier("priority").lane(false)).isEqualTo(Lane.BATCH);
    }

    @Test
    @DisplayName("R188: a tier that the key does not allow is served as default")
    void aTierBeyondTheKeyIsServedAsDefault() {
        new Caller("team:blue", "k", Set.of(), new Limits(1, Set.of(Lane.NORMAL), null, null))
                .attachTo(request);
        JobOptions options = JobOptions.of(request).withTier("priority");

        assertThat(options.lane(false)).isEqualTo(Lane.NORMAL);
        assertThat(ServiceTier.of(options.lane(false))).isEqualTo("default");
    }

    private static MockHttpServletRequest request() {
        var request = new MockHttpServletRequest();
        Caller.ANYBODY.attachTo(request);
        return request;
    }

    @Test
    void aKeyOf256CharactersIsRefusedAndOneOf255IsNot() {
        request.addHeader("Idempotency-Key", "k".repeat(255));
        assertThat(JobOptions.of(request).key()).isNotNull();

        var longer = request();
        longer.addHeader("Idempotency-Key", "k".repeat(256));
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> JobOptions.of(longer))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("Idempotency-Key"));
    }
}

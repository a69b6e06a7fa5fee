package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.api.queue.index.RequestKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class JobOptionsTest {
    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void withoutHeadersNothingIsAskedFor() {
        assertThat(JobOptions.of(request))
                .isEqualTo(new JobOptions(null, false, Duration.ZERO, null));
    }

    @Test
    void preferencesComeInOneHeaderOrInSeveralAndUnknownOnesAreIgnored() {
        request.addHeader("Prefer", "handling=lenient, Respond-Async");
        request.addHeader("Prefer", "wait=7");
        request.addHeader("Idempotency-Key", "k 1");
        request.addHeader("Cancel-After", "86400");

        assertThat(JobOptions.of(request))
                .isEqualTo(
                        new JobOptions(
                                new RequestKey("k 1"),
                                true,
                                Duration.ofSeconds(7),
                                Duration.ofDays(1)));
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
    void aKeyOf256CharactersIsRefusedAndOneOf255IsNot() {
        request.addHeader("Idempotency-Key", "k".repeat(255));
        assertThat(JobOptions.of(request).key()).isNotNull();

        var longer = new MockHttpServletRequest();
        longer.addHeader("Idempotency-Key", "k".repeat(256));
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> JobOptions.of(longer))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("Idempotency-Key"));
    }
}

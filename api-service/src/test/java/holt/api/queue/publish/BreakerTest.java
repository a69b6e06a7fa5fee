package holt.api.queue.publish;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Duration CONFIRM_WITHIN = Duration.ofMillis(1500);

    private final ManualTimer clock = new ManualTimer(Instant.EPOCH);
    private final Breaker breaker =
            new Breaker(new TopicPartition("holt.jobs.m", 0), clock, CONFIRM_WITHIN);

    @Test
    void itOpensWhenARecordIsLateAndClosesWithItsConfirmation() {
        Breaker.Unconfirmed record = breaker.begin();
        clock.advance(CONFIRM_WITHIN);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.mayPass()).isTrue();

        clock.advance(Duration.ofMillis(1));
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.mayPass()).isFalse();

        breaker.confirmed(record);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.mayPass()).isTrue();
    }

    @Test
    void aSlowRecordBehindAConfirmedOneCountsFromItsOwnStart() {
        Breaker.Unconfirmed first = breaker.begin();
        clock.advance(CONFIRM_WITHIN);
        breaker.begin();
        clock.advance(CONFIRM_WITHIN);
        assertThat(breaker.isOpen()).isTrue();

        breaker.confirmed(first);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void afterAFailureOneRecordPassesAsTheProbe() {
        Breaker.Unconfirmed failed = breaker.begin();
        breaker.refused(new TimeoutException("late"));
        assertThat(breaker.mayPass()).as("the first one still tries").isFalse();
        breaker.givenUp(failed);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.mayPass()).isTrue();

        Breaker.Unconfirmed probe = breaker.begin();
        assertThat(breaker.mayPass()).isFalse();

        breaker.confirmed(probe);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.failure()).isNull();
    }
}

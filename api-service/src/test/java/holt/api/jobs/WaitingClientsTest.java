package holt.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingClientsTest {
    private final WaitingClients clients = new WaitingClients(2);

    @Test
    void noMoreThanTheBoundMayWaitAndAPlaceIsFreeAgainAfterAnEnd() {
        clients.register(new JobId("a"), client());
        clients.register(new JobId("b"), client());

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> clients.register(new JobId("c"), client()))
                .satisfies(refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.RATE_LIMIT_EXCEEDED);
                    assertThat(refused.retryAfter()).isNotNull();
                });

        assertThat(clients.end(new JobId("a"), new Outcome.Cancelled())).isTrue();
        clients.register(new JobId("c"), client());
        assertThat(clients.count()).isEqualTo(2);
    }

    @Test
    void anEndIsToldOnceHoweverManyHaveOne() {
        clients.register(new JobId("a"), client());

        assertThat(clients.end(new JobId("a"), new Outcome.Cancelled())).isTrue();
        assertThat(clients.end(new JobId("a"), new Outcome.Cancelled())).isFalse();
        assertThat(clients.abandon(new JobId("a"))).isNull();
        assertThat(clients.count()).isZero();
    }

    private static WaitingClient client() {
        return new WaitingClient(_ -> {}, false, Instant.MAX);
    }
}

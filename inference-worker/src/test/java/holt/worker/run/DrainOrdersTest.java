package holt.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Command;
import holt.protocol.JobId;
import holt.protocol.WorkerId;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DrainOrdersTest {
    private static final WorkerId ME = new WorkerId("me");

    private final DrainOrders orders = new DrainOrders(ME);

    @Test
    @DisplayName("R205: a worker obeys the orders that name it, and the last one counts")
    void obeysItsOwnOrders() {
        orders.apply(new Command.Drain(new WorkerId("other")));
        orders.apply(new Command.Cancel(new JobId("j"), Instant.EPOCH));
        assertThat(orders.isDrained()).isFalse();

        orders.apply(new Command.Drain(ME));
        orders.apply(new Command.Drain(ME));
        assertThat(orders.isDrained()).isTrue();

        orders.apply(new Command.Undrain(new WorkerId("other")));
        assertThat(orders.isDrained()).isTrue();

        orders.apply(new Command.Undrain(ME));
        assertThat(orders.isDrained()).isFalse();
    }
}

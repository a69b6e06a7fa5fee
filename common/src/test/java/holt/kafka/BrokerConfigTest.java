package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrokerConfigTest {
    private final BrokerConfig broker =
            new BrokerConfig(
                    1,
                    Map.of(
                            "group.share.min.session.timeout.ms", "45000",
                            "group.share.max.session.timeout.ms", "60000",
                            "group.share.max.delivery.count.limit", "5"));

    @Test
    void takesTheNearestValueThatTheBrokerAllows() {
        assertThat(broker.allowed("session.timeout.ms", Duration.ofSeconds(2))).hasSeconds(45);
        assertThat(broker.allowed("session.timeout.ms", Duration.ofSeconds(50))).hasSeconds(50);
        assertThat(broker.allowed("session.timeout.ms", Duration.ofSeconds(61))).hasSeconds(60);
        assertThat(broker.allowed("delivery.count.limit", 10)).isEqualTo(5);
    }

    @Test
    void anUnknownSettingHasNoBounds() {
        assertThat(broker.allowed("heartbeat.interval.ms", 500)).isEqualTo(500);
    }
}

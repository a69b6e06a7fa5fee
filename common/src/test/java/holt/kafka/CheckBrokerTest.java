package holt.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CheckBrokerTest {
    private static final Set<String> OF_KAFKA_4_4 =
            Set.of(
                    "share.delivery.count.limit",
                    "share.renew.acknowledge.enable",
                    "share.partition.max.record.locks",
                    "errors.deadletterqueue.topic.name",
                    "share.auto.offset.reset");

    @Test
    void aFitBrokerPasses() {
        assertThatCode(() -> CheckBroker.require(1, OF_KAFKA_4_4)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("R5: the start fails on a broker without share groups")
    void shareGroupsMustBeOn() {
        assertThatExceptionOfType(BrokerUnfitException.class)
                .isThrownBy(() -> CheckBroker.require(0, OF_KAFKA_4_4))
                .withMessageContaining("share.version to 1 or more");
    }

    @Test
    @DisplayName("R5: the start fails on a broker older than Kafka 4.4")
    void groupSettingsMustBeKnown() {
        assertThatExceptionOfType(BrokerUnfitException.class)
                .isThrownBy(() -> CheckBroker.require(1, Set.of("share.auto.offset.reset")))
                .withMessageContaining("Kafka 4.4 or newer");
    }
}

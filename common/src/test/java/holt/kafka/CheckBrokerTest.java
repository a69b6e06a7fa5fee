package holt.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckBrokerTest {
    private static final Set<String> OF_KAFKA_4_4 =
            Set.of(
                    "share.delivery.count.limit",
                    "errors.deadletterqueue.topic.name",
                    "share.auto.offset.reset");

    @Test
    void aFitBrokerPasses() {
        assertThatCode(() -> CheckBroker.require(2, OF_KAFKA_4_4)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @DisplayName("R5: the start fails on a broker without share groups or their dead letters")
    void shareGroupsMustHaveDeadLetters(int version) {
        assertThatExceptionOfType(BrokerUnfitException.class)
                .isThrownBy(() -> CheckBroker.require(version, OF_KAFKA_4_4))
                .withMessageContaining("share.version is " + version)
                .withMessageContaining("upgrade --feature share.version=2");
    }

    @Test
    @DisplayName("R5: the start fails on a broker older than Kafka 4.4")
    void groupSettingsMustBeKnown() {
        assertThatExceptionOfType(BrokerUnfitException.class)
                .isThrownBy(() -> CheckBroker.require(1, Set.of("share.auto.offset.reset")))
                .withMessageContaining("Kafka 4.4 or newer");
    }
}

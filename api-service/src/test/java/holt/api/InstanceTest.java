package holt.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InstanceTest {
    @Test
    @DisplayName("R21: an instance reads the reply partition hash(instance) mod 64")
    void theReplyPartitionComesFromTheId() {
        Stream.generate(Instance::draw)
                .limit(100)
                .forEach(instance ->
                        assertThat(instance.address().partition())
                                .isEqualTo(Math.floorMod(instance.id().value().hashCode(), 64)));
    }

    @Test
    @DisplayName("R22: an instance draws a new epoch at each start")
    void eachStartHasItsOwnEpoch() {
        Set<String> epochs = new HashSet<>();
        Stream.generate(Instance::draw)
                .limit(100)
                .forEach(instance -> epochs.add(instance.address().epoch()));

        assertThat(epochs).hasSize(100);
    }
}

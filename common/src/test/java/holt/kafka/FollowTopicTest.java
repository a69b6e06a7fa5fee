package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowTopicTest {
    private final List<Heartbeat> read = new ArrayList<>();

    @Test
    void handsTheMessageToItsReader() {
        var heartbeat = new Heartbeat.OfApi(new InstanceId("a"));

        decode(Codec.encode(heartbeat));

        assertThat(read).containsExactly(heartbeat);
    }

    @Test
    @DisplayName("R88: a process skips a record of an unknown type")
    void skipsARecordOfAnUnknownType() {
        decode("{\"v\":1,\"body\":{\"type\":\"otter\"}}".getBytes(UTF_8));
        decode("{\"v\":2,\"body\":{}}".getBytes(UTF_8));
        decode(null);

        assertThat(read).isEmpty();
    }

    private void decode(byte[] value) {
        FollowTopic.decode(
                new ConsumerRecord<>(TOPICS.workers(), 0, 0, null, value),
                Heartbeat.class,
                (heartbeat, _) -> read.add(heartbeat));
    }
}

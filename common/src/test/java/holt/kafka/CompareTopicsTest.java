package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompareTopicsTest {
    private static final Map<String, String> THREE_COPIES =
            Map.of("default.replication.factor", "3");

    @Test
    @DisplayName("R6: a topic with fewer copies than the brokers' default is refused on a cluster")
    void refusesFewerCopiesOnACluster() {
        assertThat(problems(3, topic("holt.dead", 1, null), is("holt.dead", 1, 1)))
                .singleElement()
                .asString()
                .contains("holt.dead has 1 copies instead of 3", "holt.kafka.replication to 1");
    }

    @Test
    void asManyCopiesAsSetAreEnough() {
        assertThat(problems(3, topic("holt.dead", 1, (short) 1), is("holt.dead", 1, 1))).isEmpty();
        assertThat(problems(3, topic("holt.dead", 1, null), is("holt.dead", 1, 3))).isEmpty();
    }

    @Test
    void oneBrokerCannotHoldMoreCopies() {
        assertThat(problems(1, topic("holt.dead", 1, null), is("holt.dead", 1, 1))).isEmpty();
    }

    @Test
    @DisplayName("R6: holt.events with fewer partitions is refused")
    void refusesFewerPartitionsOfTheEvents() {
        assertThat(problems(1, topic("holt.events", 4, null), is("holt.events", 2, 1)))
                .singleElement()
                .asString()
                .contains("holt.events has 2 partitions instead of 4");
        assertThat(problems(1, topic("holt.replies", 64, null), is("holt.replies", 2, 1)))
                .isEmpty();
    }

    private static List<String> problems(int brokers, NewTopic wanted, TopicDescription is) {
        return CompareTopics.problems(
                TOPICS,
                new BrokerConfig(brokers, THREE_COPIES),
                List.of(wanted),
                Map.of(is.name(), is));
    }

    private static NewTopic topic(String name, int partitions, Short replication) {
        return new NewTopic(name, Optional.of(partitions), Optional.ofNullable(replication));
    }

    private static TopicDescription is(String name, int partitions, int copies) {
        List<Node> nodes = IntStream.range(0, copies).mapToObj(i -> new Node(i, "n", 1)).toList();
        return new TopicDescription(
                name,
                false,
                IntStream.range(0, partitions)
                        .mapToObj(i -> new TopicPartitionInfo(i, nodes.getFirst(), nodes, nodes))
                        .toList());
    }
}

package holt.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FollowLoopTest {
    private static final String TOPIC = "followed";
    private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
    private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);
    private static final Node LEADER = new Node(1, "leader", 9092);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final List<String> read = new ArrayList<>();
    private final List<Long> polls = new ArrayList<>();
    private final Backlog backlog =
            new Backlog(Map.of(FIRST, 0L, SECOND, 0L), Map.of(FIRST, 2L, SECOND, 0L), 10);
    private long now;
    private FollowLoop loop = follow(false);

    static List<KafkaException> failuresThatPass() {
        return List.of(
                new TopicAuthorizationException(TOPIC),
                new SaslAuthenticationException("wrong password"),
                new TimeoutException("no answer"));
    }

    @BeforeEach
    void allPartitionsHaveLeaders() {
        leaders(LEADER, LEADER);
    }

    @ParameterizedTest
    @MethodSource("failuresThatPass")
    void goesOnFromItsPositionAfterAFailureThatPasses(KafkaException failure) {
        record(FIRST, 0, "a");
        loop.step();
        consumer.setPollException(failure);

        loop.step();
        record(FIRST, 1, "b");
        loop.step();

        assertThat(read).containsExactly("a", "b");
        assertThat(loop.health()).isEqualTo(new FollowHealth(TOPIC, Duration.ZERO, false));
    }

    @Test
    void tellsAfterEachPollHowManyRecordsAreUnread() {
        record(FIRST, 0, "a");
        consumer.updateEndOffsets(Map.of(FIRST, 3L));
        loop.step();
        pass(Duration.ofSeconds(4));

        assertThat(polls).containsExactly(2L);
        assertThat(loop.unread()).isEqualTo(2);
        assertThat(loop.sincePoll()).hasSeconds(4);

        record(FIRST, 1, "b");
        record(FIRST, 2, "c");
        loop.step();
        assertThat(polls).containsExactly(2L, 0L);
        assertThat(loop.sincePoll()).isZero();
    }

    @Test
    void pausesLongerAfterEachFailureUpToASecond() {
        var pauses = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            consumer.setPollException(new TopicAuthorizationException(TOPIC));
            pauses.add(loop.step().toMillis());
        }

        assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
    }

    @Test
    void tellsForHowLongItHasFailed() {
        consumer.setPollException(new TopicAuthorizationException(TOPIC));
        loop.step();
        pass(Duration.ofSeconds(4));
        consumer.setPollException(new TopicAuthorizationException(TOPIC));
        loop.step();
        pass(Duration.ofSeconds(1));
        loop.step();

        assertThat(failing()).as("a poll without the failure soon after").hasSeconds(5);
        pass(Duration.ofSeconds(2));
        loop.step();
        assertThat(failing()).isZero();
    }

    @Test
    void aPartitionWithoutALeaderCountsAsFailingThoughTheOthersAreRead() {
        leaders(LEADER, null);
        pass(Duration.ofSeconds(1));
        loop.step();
        pass(Duration.ofSeconds(11));
        record(FIRST, 0, "a");
        loop.step();

        assertThat(read).containsExactly("a");
        assertThat(failing()).hasSeconds(11);

        leaders(LEADER, LEADER);
        pass(Duration.ofSeconds(3));
        loop.step();
        assertThat(failing()).isZero();
    }

    @Test
    void aTopicThatIsGoneForAMomentCountsAsFailing() {
        consumer.updatePartitions(TOPIC, List.of());
        pass(Duration.ofSeconds(1));
        loop.step();
        pass(Duration.ofSeconds(4));

        assertThat(failing()).hasSeconds(4);
    }

    @Test
    void goesOnAtTheOldestRecordIfTheNextOneIsGone() {
        consumer.updateBeginningOffsets(Map.of(FIRST, 7L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 0L)));

        loop.step();
        record(FIRST, 7, "h");
        loop.step();

        assertThat(read).containsExactly("h");
        assertThat(backlog.read()).isCompleted();
        assertThat(failing()).isZero();
    }

    @Test
    void aFollowerFromTheEndGoesOnAtTheEnd() {
        loop = follow(true);
        consumer.updateEndOffsets(Map.of(FIRST, 9L));
        consumer.setPollException(new OffsetOutOfRangeException(Map.of(FIRST, 0L)));

        loop.step();

        assertThat(consumer.position(FIRST)).isEqualTo(9);
    }

    @Test
    void skipsARecordThatItsReaderCannotApply() {
        record(FIRST, 0, "exception");
        record(FIRST, 1, "b");

        loop.step();

        assertThat(read).containsExactly("b");
        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void anErrorOfTheReaderEndsIt() {
        record(FIRST, 0, "error");

        loop.run();

        assertThat(loop.health().ended()).isTrue();
        assertThat(backlog.read()).isCompletedExceptionally();
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void aFailureThatCannotPassEndsIt() {
        consumer.setPollException(new KafkaException("a corrupt record"));

        loop.run();

        assertThat(loop.health().ended()).isTrue();
    }

    @Test
    void aFollowerThatIsStoppedHasNotEnded() {
        consumer.schedulePollTask(loop::stop);

        loop.run();

        assertThat(loop.health().ended()).isFalse();
        assertThat(consumer.closed()).isTrue();
    }

    private FollowLoop follow(boolean toEnd) {
        return new FollowLoop(
                TOPIC, consumer, backlog, toEnd, Duration.ZERO, this::read, polls::add, () -> now);
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        String value = new String(record.value(), UTF_8);
        switch (value) {
            case "exception" -> throw new IllegalStateException(value);
            case "error" -> throw new AssertionError(value);
            default -> read.add(value);
        }
    }

    private void record(TopicPartition partition, long offset, String value) {
        consumer.updateEndOffsets(Map.of(partition, offset + 1));
        consumer.addRecord(
                new ConsumerRecord<>(
                        TOPIC, partition.partition(), offset, null, value.getBytes(UTF_8)));
    }

    private void leaders(Node first, Node second) {
        consumer.updatePartitions(TOPIC, List.of(partition(0, first), partition(1, second)));
    }

    private static PartitionInfo partition(int number, Node leader) {
        return new PartitionInfo(TOPIC, number, leader, new Node[0], new Node[0]);
    }

    private Duration failing() {
        return loop.health().failing();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}

package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final TopicPartition FIRST = new TopicPartition("topic", 0);
    private static final TopicPartition SECOND = new TopicPartition("topic", 1);
    private static final Map<TopicPartition, Long> ENDS = Map.of(FIRST, 10L, SECOND, 20L);

    @Test
    void isReadWhenTheLastRecordOfEachPartitionIs() {
        var backlog = new Backlog(Map.of(FIRST, 0L, SECOND, 5L), ENDS, Long.MAX_VALUE);
        assertThat(backlog.starts()).isEqualTo(Map.of(FIRST, 0L, SECOND, 5L));

        backlog.read(0, 9);
        backlog.read(1, 18);
        assertThat(backlog.read()).isNotDone();

        backlog.read(1, 19);
        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void aLaterRecordStandsForALastOneThatIsGone() {
        var backlog = new Backlog(Map.of(FIRST, 0L, SECOND, 20L), ENDS, Long.MAX_VALUE);

        backlog.read(0, 12);

        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void whoStartsAtTheEndHasReadAll() {
        var backlog = new Backlog(ENDS, ENDS, Long.MAX_VALUE);

        assertThat(backlog.starts()).isEqualTo(ENDS);
        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void aPartitionWithoutARecordThatYoungStartsAtItsEnd() {
        var backlog = new Backlog(Map.of(FIRST, -1L, SECOND, 15L), ENDS, Long.MAX_VALUE);
        assertThat(backlog.starts()).isEqualTo(Map.of(FIRST, 10L, SECOND, 15L));

        backlog.read(1, 19);

        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void readsNoMoreThanTheNewestOfEachPartition() {
        var backlog = new Backlog(Map.of(FIRST, 0L, SECOND, 19L), ENDS, 3);

        assertThat(backlog.starts()).isEqualTo(Map.of(FIRST, 7L, SECOND, 19L));
    }
}

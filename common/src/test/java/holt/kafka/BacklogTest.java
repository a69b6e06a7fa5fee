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

        assertThat(backlog.left()).isEqualTo(25);
        backlog.advance(Map.of(FIRST, 10L, SECOND, 19L)::get);
        assertThat(backlog.read()).isNotDone();
        assertThat(backlog.left()).isEqualTo(1);

        backlog.advance(Map.of(FIRST, 10L, SECOND, 20L)::get);
        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void aLaterPositionStandsForALastRecordThatIsGone() {
        var backlog = new Backlog(Map.of(FIRST, 0L, SECOND, 20L), ENDS, Long.MAX_VALUE);

        backlog.advance(_ -> 12);

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

        backlog.advance(_ -> 20);

        assertThat(backlog.read()).isCompleted();
    }

    @Test
    void readsNoMoreThanTheNewestOfEachPartition() {
        var backlog = new Backlog(Map.of(FIRST, 0L, SECOND, 19L), ENDS, 3);

        assertThat(backlog.starts()).isEqualTo(Map.of(FIRST, 7L, SECOND, 19L));
    }
}

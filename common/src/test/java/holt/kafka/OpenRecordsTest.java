package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class OpenRecordsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T12:00:00Z");

    /** A record's offset and the handling of it, in the order of their start. */
    private final List<Long> handled = new ArrayList<>();

    private final List<CompletableFuture<Void>> handlings = new ArrayList<>();
    private Instant due = NOW;
    private final OpenRecords open =
            new OpenRecords(
                    new RecordHandler() {
                        @Override
                        public Instant due(ConsumerRecord<String, byte[]> record) {
                            return due;
                        }

                        @Override
                        public CompletableFuture<?> handle(ConsumerRecord<String, byte[]> record) {
                            if (record.offset() == 13) {
                                throw new IllegalStateException("13");
                            }
                            handled.add(record.offset());
                            var handling = new CompletableFuture<Void>();
                            handlings.add(handling);
                            return handling;
                        }
                    });

    @Test
    void noRecordWaitsForTheHandlingOfAnother() {
        add(5, 6, 7);

        open.handleDue(NOW);
        open.handleDue(NOW);

        assertThat(handled).containsExactly(5L, 6L, 7L);
    }

    @Test
    void isCommittedUpToTheFirstRecordThatIsNotDoneWith() {
        add(5, 6, 7);
        open.handleDue(NOW);
        assertThat(open.toCommit()).isEmpty();

        handlings.get(1).complete(null);
        assertThat(open.toCommit()).isEmpty();

        handlings.get(0).complete(null);
        assertThat(open.toCommit()).isEqualTo(OptionalLong.of(7));
        open.committed(7);
        assertThat(open.toCommit()).isEmpty();

        handlings.get(2).complete(null);
        assertThat(open.toCommit()).isEqualTo(OptionalLong.of(8));
    }

    @Test
    void aFailedRecordIsHandledAgainAfterASecondAndHoldsNoOther() {
        add(5, 6);
        open.handleDue(NOW);
        handlings.get(0).completeExceptionally(new KafkaException("away"));
        open.handleDue(NOW);
        add(7);

        open.handleDue(NOW.plus(OpenRecords.AGAIN_AFTER).minusMillis(1));
        assertThat(handled).containsExactly(5L, 6L, 7L);
        open.handleDue(NOW.plus(OpenRecords.AGAIN_AFTER));
        assertThat(handled).containsExactly(5L, 6L, 7L, 5L);

        handlings.forEach(handling -> handling.complete(null));
        assertThat(open.toCommit()).isEqualTo(OptionalLong.of(8));
    }

    @Test
    void aHandlerThatThrowsCountsAsAFailure() {
        add(13, 14);

        open.handleDue(NOW);

        assertThat(handled).containsExactly(14L);
        assertThat(open.toCommit()).isEmpty();
        assertThat(open.idle()).isNotDone();
        handlings.getFirst().complete(null);
        assertThat(open.idle()).isCompleted();
    }

    @Test
    void aRecordIsHandledWhenItIsDue() {
        due = NOW.plusMillis(1500);
        add(5);

        open.handleDue(NOW);
        assertThat(handled).isEmpty();
        assertThat(open.nextDue(NOW.plusMillis(200))).isEqualTo(NOW.plusMillis(200));
        assertThat(open.nextDue(NOW.plusSeconds(9))).isEqualTo(due);

        open.handleDue(due);
        assertThat(handled).containsExactly(5L);
        assertThat(open.nextDue(NOW.plusSeconds(9))).isEqualTo(NOW.plusSeconds(9));
    }

    @Test
    void isFullUntilTheFirstRecordsAreDoneWith() {
        add(LongStream.range(0, OpenRecords.FULL).toArray());
        open.handleDue(NOW);
        assertThat(open.isFull()).isTrue();

        handlings.getFirst().complete(null);
        assertThat(open.toCommit()).isPresent();

        assertThat(open.isFull()).isFalse();
    }

    private void add(long... offsets) {
        open.add(
                LongStream.of(offsets)
                        .mapToObj(offset ->
                                new ConsumerRecord<>("topic", 0, offset, "j", new byte[] {1}))
                        .toList());
    }
}

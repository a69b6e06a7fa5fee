package holt.api.queue.dead;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FoldLettersTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final DeadFilter ALL = new DeadFilter(null, null, Set.of());

    private final FoldLetters letters = new FoldLetters();
    private long offset;

    @Test
    @DisplayName("R203: a letter is open until a mark follows it")
    void aMarkClosesALetter() {
        dead("a", null, Failure.WORKER_FAILED);
        dead("b", null, Failure.TIMEOUT);

        close(letters.open(ALL).getFirst());

        assertThat(letters.open(ALL)).extracting(DeadHead::number).containsExactly(1L);
        // A second mark, or one whose letter is gone, changes nothing.
        close(letters.open(ALL).getFirst());
        close(new DeadHead(99, null, null, null, Failure.TIMEOUT, "", 1, 0, AT));
        assertThat(letters.open(ALL)).isEmpty();
    }

    @Test
    @DisplayName("R204: a letter tells how often its request was replayed")
    void countsTheReplaysOfARequest() {
        dead("a", null, Failure.WORKER_FAILED);
        dead("b", "a", Failure.WORKER_FAILED);
        dead("c", "b", Failure.WORKER_FAILED);
        dead("other", null, Failure.WORKER_FAILED);
        // What it repeats is older than the topic.
        dead("late", "forgotten", Failure.WORKER_FAILED);

        assertThat(letters.open(ALL)).extracting(DeadHead::replays).containsExactly(0, 1, 2, 0, 1);
    }

    @Test
    void aFilterChoosesByReasonModelAndNumber() {
        dead("a", null, Failure.WORKER_FAILED);
        dead("b", null, Failure.TIMEOUT);
        dead("c", null, Failure.TIMEOUT);
        var otters = new ModelName("otter");

        assertThat(numbers(new DeadFilter(Failure.TIMEOUT, otters, Set.of())))
                .containsExactly(1L, 2L);
        assertThat(numbers(new DeadFilter(Failure.TIMEOUT, null, Set.of(0L, 2L))))
                .containsExactly(2L);
        assertThat(numbers(new DeadFilter(null, new ModelName("fish"), Set.of()))).isEmpty();
    }

    @Test
    void aRecordThatIsNoJobIsALetterWithoutOne() {
        add(
                "k",
                Codec.encode(
                        new DeadLetter(
                                null, "AA==", Failure.SERVER_ERROR, "no job", 0, null, AT, "")));
        add("k", new byte[] {1});

        assertThat(letters.open(ALL))
                .singleElement()
                .satisfies(letter -> assertThat(letter.job()).isNull());
    }

    private List<Long> numbers(DeadFilter filter) {
        return letters.open(filter).stream().map(DeadHead::number).toList();
    }

    private void dead(String id, @Nullable String replayOf, Failure reason) {
        var job =
                new Job(
                        new JobId(id),
                        new ModelName("otter"),
                        Lane.NORMAL,
                        1,
                        AT,
                        AT.plusSeconds(60),
                        new ReplyAddress(0, "e"),
                        List.of(),
                        replayOf == null ? null : new JobId(replayOf),
                        new Payload.Stored(new StoredObject("k", 1, "00")));
        add(id, Codec.encode(new DeadLetter(job, null, reason, "m", 1, null, AT, "")));
    }

    private void add(String key, byte[] value) {
        letters.add(new ConsumerRecord<>(TOPICS.dead(), 0, offset++, key, value));
    }

    private void close(DeadHead letter) {
        ProducerRecord<String, byte[]> mark = FoldLetters.mark(TOPICS.dead(), letter);
        var record =
                new ConsumerRecord<String, byte[]>(
                        TOPICS.dead(), 0, offset++, mark.key(), mark.value());
        mark.headers().forEach(record.headers()::add);
        letters.add(record);
    }
}

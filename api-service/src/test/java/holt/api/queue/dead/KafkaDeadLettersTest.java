package holt.api.queue.dead;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import holt.api.RequestRejectedException;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KafkaDeadLettersTest {
    private static final Instant DIED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = DIED.plusSeconds(86_400);
    private static final ReplyAddress NOBODY = new ReplyAddress(3, "api");
    private static final DeadFilter ALL = new DeadFilter(null, null, Set.of());

    private final List<ConsumerRecord<String, byte[]>> topic = new ArrayList<>();
    private final List<Job> enqueued = new ArrayList<>();
    private final Set<JobId> known = new HashSet<>();
    private boolean accepts = true;
    private final KafkaDeadLetters letters =
            new KafkaDeadLetters(
                    TOPICS.dead(),
                    this::read,
                    this::write,
                    this::enqueue,
                    known::contains,
                    new ClaimCheck(new InMemoryObjectStore(), () -> NOW),
                    NOBODY,
                    Duration.ofHours(1),
                    () -> NOW);

    @Test
    @DisplayName("R203: a replay is a new job with the same request, for which nobody waits")
    void aReplayIsANewJob() {
        dead("a", null);

        assertThat(letters.replay(ALL, 10, false)).isEqualTo(new DeadLetters.Replayed(1, 0));

        assertThat(enqueued)
                .singleElement()
                .satisfies(job -> {
                    assertThat(job.id()).isNotEqualTo(new JobId("a"));
                    assertThat(job.replayOf()).isEqualTo(new JobId("a"));
                    assertThat(job.attempt()).isEqualTo(1);
                    assertThat(job.earlierRuns()).isEmpty();
                    assertThat(job.created()).isEqualTo(NOW);
                    assertThat(job.deadline()).isEqualTo(NOW.plusSeconds(3600));
                    assertThat(job.replyTo()).isEqualTo(NOBODY);
                });
        assertThat(letters.open(ALL)).isEmpty();
        assertThat(letters.replay(ALL, 10, false)).isEqualTo(new DeadLetters.Replayed(0, 0));
    }

    @Test
    @DisplayName("R204: a request that was replayed three times is refused, unless it is forced")
    void aLoopEnds() {
        dead("a", null);
        for (int i = 0; i < 3; i++) {
            letters.replay(ALL, 10, false);
            dead(enqueued.getLast().id().value(), enqueued.getLast().replayOf().value());
        }

        assertThat(letters.replay(ALL, 10, false)).isEqualTo(new DeadLetters.Replayed(0, 1));
        assertThat(enqueued).hasSize(3);

        assertThat(letters.replay(ALL, 10, true)).isEqualTo(new DeadLetters.Replayed(1, 0));
    }

    @Test
    void refusedLettersDoNotHoldUpTheOthers() {
        topic.add(record(null, unreadable()));
        dead("a", null);
        dead("b", null);

        assertThat(letters.replay(ALL, 1, false)).isEqualTo(new DeadLetters.Replayed(1, 1));
        assertThat(letters.replay(ALL, 1, false)).isEqualTo(new DeadLetters.Replayed(1, 1));
        assertThat(enqueued)
                .extracting(Job::replayOf)
                .containsExactly(new JobId("a"), new JobId("b"));
    }

    @Test
    @DisplayName("R203: a replay that was cut off between job and mark makes no second job")
    void aReplayThatWasCutOffMakesNoSecondJob() {
        dead("a", null);
        letters.replay(ALL, 1, false);
        topic.removeLast();
        known.add(enqueued.getFirst().id());

        assertThat(letters.replay(ALL, 1, false).replayed()).isEqualTo(1);

        assertThat(enqueued).hasSize(1);
        assertThat(letters.open(ALL)).isEmpty();
    }

    @Test
    void aLetterStaysOpenIfTheBrokerDoesNotTakeItsJob() {
        dead("a", null);
        accepts = false;

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> letters.replay(ALL, 1, false))
                .satisfies(refused -> assertThat(refused.failure()).isEqualTo(Failure.OVERLOADED));
        assertThat(letters.open(ALL)).hasSize(1);
    }

    @Test
    void aDiscardedLetterIsClosedAndCanStillBeRead() {
        dead("a", null);
        topic.add(record(null, unreadable()));

        assertThat(letters.discard(ALL)).isEqualTo(2);

        assertThat(letters.open(ALL)).isEmpty();
        assertThat(letters.read(0).job().id()).isEqualTo(new JobId("a"));
        assertThat(letters.request(letters.read(0))).isInstanceOf(Task.Embed.class);
        assertThat(letters.read(2)).as("a mark").isNull();
        assertThat(letters.read(99)).isNull();
    }

    private void read(long before, int most, Consumer<ConsumerRecord<String, byte[]>> reader) {
        int end = (int) Math.min(before, topic.size());
        topic.subList(Math.max(0, end - most), end).forEach(reader);
    }

    private CompletableFuture<?> write(ProducerRecord<String, byte[]> mark) {
        ConsumerRecord<String, byte[]> record = record(mark.key(), mark.value());
        mark.headers().forEach(record.headers()::add);
        topic.add(record);
        return CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<?> enqueue(Job job) {
        if (!accepts) {
            return CompletableFuture.failedFuture(new TimeoutException("no broker"));
        }
        enqueued.add(job);
        return CompletableFuture.completedFuture(null);
    }

    private void dead(String id, @Nullable String replayOf) {
        var job =
                new Job(
                        new JobId(id),
                        new ModelName("otter"),
                        Lane.NORMAL,
                        3,
                        DIED.minusSeconds(170),
                        DIED,
                        new ReplyAddress(0, "e"),
                        List.of(new Job.EarlierRun(null, DIED, Failure.WORKER_FAILED)),
                        replayOf == null ? null : new JobId(replayOf),
                        new Payload.Inline(
                                new Task.Embed(
                                        List.of("hi"),
                                        null,
                                        null,
                                        null,
                                        null,
                                        VectorFormat.FLOAT)));
        topic.add(
                record(
                        id,
                        Codec.encode(
                                new DeadLetter(
                                        job,
                                        null,
                                        Failure.WORKER_FAILED,
                                        "m",
                                        3,
                                        null,
                                        DIED,
                                        ""))));
    }

    private static byte[] unreadable() {
        return Codec.encode(
                new DeadLetter(null, "AA==", Failure.SERVER_ERROR, "no job", 0, null, DIED, ""));
    }

    private ConsumerRecord<String, byte[]> record(@Nullable String key, byte @Nullable [] value) {
        return new ConsumerRecord<>(TOPICS.dead(), 0, topic.size(), key, value);
    }
}

package holt.system.faults;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.UnreadableRecordException;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.time.Stopwatch;
import holt.system.rig.topics.DeadLetters;
import holt.system.rig.topics.NextRelease;
import holt.system.rig.topics.RawRecords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F14, F16: a queue holds a job twice, a record that is no job, or a job of a newer version. */
@Timeout(120)
class BadRecordsIT {
    private static final String WAITS = "holt-waits";
    private static final int OVER = 3000;
    private static final String RETRY = TOPICS.retry(Topics.Retry.LATEST);

    @TempDir static Path directory;

    private static Cluster cluster;
    private static Cluster.Api api;
    private static Chat chat;
    private static RawRecords wire;

    @BeforeAll
    static void start() {
        cluster = new Cluster(directory);
        api = cluster.api();
        cluster.worker(1);
        chat = new Chat();
        wire = new RawRecords(cluster.clients());
    }

    @AfterAll
    static void stop() {
        wire.close();
        chat.close();
        cluster.close();
    }

    @AfterEach
    void checkInvariants() {
        new Invariants(cluster, chat).check();
    }

    @Test
    @DisplayName("R52: a job that is in the queue twice runs once")
    void aJobThatIsInTheQueueTwiceRunsOnce() {
        // Given a job that waits behind another
        CompletableFuture<Chat.Answer> first = chat.askLater(api.url(), "nonce=first sleep=2000");
        Await.until(() -> !cluster.starts("first").isEmpty());
        CompletableFuture<Chat.Answer> twice = chat.askLater(api.url(), "nonce=twice words=3");
        Await.until(() -> queued("nonce=twice").isPresent());
        ConsumerRecord<String, byte[]> job = queued("nonce=twice").orElseThrow();

        // When it is in the queue a second time
        wire.write(new ProducerRecord<>(RawRecords.QUEUE, job.partition(), job.key(), job.value()));

        // Then
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(twice.join().text()).isEqualTo("twice.0 twice.1 twice.2 ");
        assertThat(chat.ask(api.url(), "nonce=behind").status()).isEqualTo(200);
        assertThat(cluster.starts("twice")).hasSize(1);
    }

    @Test
    @DisplayName("R36: a job that the broker gave up comes back to its queue, as its next attempt")
    void aJobThatTheBrokerGaveUpComesBack() {
        // Given a job that waits behind another
        CompletableFuture<Chat.Answer> first = chat.askLater(api.url(), "nonce=busy sleep=4000");
        Await.until(() -> !cluster.starts("busy").isEmpty());
        CompletableFuture<Chat.Answer> given = chat.askLater(api.url(), "nonce=given");
        Await.until(() -> queued("nonce=given").isPresent());
        ConsumerRecord<String, byte[]> job = queued("nonce=given").orElseThrow();

        // When it is among the records that the broker gave up
        wire.write(new ProducerRecord<>(TOPICS.undelivered(), job.key(), job.value()));

        // Then
        Await.until(() -> attempts(job.key()).contains(2));
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(given.join().text()).isEqualTo("given.0 ");
        assertThat(cluster.starts("given")).hasSize(1);
    }

    @Test
    @DisplayName("R16: a slot acknowledges jobs long past their deadline and writes no event")
    void jobsLongPastTheirDeadlineDelayNoOtherJob() throws Exception {
        // Given a broker that hands out old jobs again, as after a crash
        assertThat(chat.ask(api.url(), "nonce=over").status()).isEqualTo(200);
        ConsumerRecord<String, byte[]> record = queued("nonce=over").orElseThrow();
        byte[] over = endedAnHourAgo(Codec.decode(record.value(), Job.class));
        wire.write(
                Collections.nCopies(
                        OVER,
                        new ProducerRecord<>(
                                RawRecords.QUEUE, record.partition(), record.key(), over)));
        int events = wire.read(TOPICS.events(), record.key()).size();
        var asked = Stopwatch.start();

        // When
        Chat.Answer answer = chat.ask(api.url(), "nonce=behind");

        // Then
        assertThat(answer.status()).isEqualTo(200);
        Stopwatch.print(OVER + " jobs long past their deadline passed in", asked.elapsed());
        assertThat(cluster.starts("over")).hasSize(1);
        assertThat(wire.read(TOPICS.events(), record.key())).hasSize(events);
    }

    @Test
    @DisplayName(
            "R15: a record that is no job becomes a dead letter with its bytes, and the next job runs")
    void aRecordThatIsNoJobBecomesADeadLetter() {
        // Given
        byte[] bytes = {0, 1, (byte) 0xff, '{'};
        var written = Stopwatch.start();

        // When
        wire.write(new ProducerRecord<>(RawRecords.QUEUE, "no-job", bytes));

        // Then
        String kept = Base64.getEncoder().encodeToString(bytes);
        Await.until(() -> count(kept) == 1);
        Stopwatch.print("F16 no job, on holt.dead after", written.elapsed());
        assertThat(chat.ask(api.url(), "nonce=next").status()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "R15: a job of a newer version is put off unchanged, and becomes a dead letter after ten times")
    void aJobOfANewerVersionIsPutOffUnchanged() {
        // Given
        byte[] bytes = NextRelease.ofNextVersion("{\"v\":1,\"body\":{}}".getBytes(UTF_8));
        var lastWait = new ProducerRecord<>(RawRecords.QUEUE, "given-up", bytes);
        lastWait.headers().add(WAITS, "10".getBytes(UTF_8));

        // When
        wire.write(new ProducerRecord<>(RawRecords.QUEUE, "later", bytes));
        wire.write(lastWait);

        // Then
        Await.until(() -> wire.read(RETRY, "later").size() == 1);
        ConsumerRecord<String, byte[]> waiting = wire.read(RETRY, "later").getFirst();
        assertThat(waiting.value()).isEqualTo(bytes);
        assertThat(header(waiting, WAITS)).isEqualTo("1");
        assertThat(header(waiting, "holt-queue")).isEqualTo(RawRecords.QUEUE);
        assertThat(Long.parseLong(header(waiting, "holt-due")) - waiting.timestamp())
                .isBetween(29_000L, 38_500L);
        Await.until(() -> count(Base64.getEncoder().encodeToString(bytes)) == 1);
        assertThat(wire.read(RETRY, "given-up")).isEmpty();
    }

    private static byte[] endedAnHourAgo(Job job) {
        return Codec.encode(
                new Job(
                        job.id(),
                        job.model(),
                        job.lane(),
                        job.attempt(),
                        job.created(),
                        job.deadline().minus(Duration.ofHours(1)),
                        job.replyTo(),
                        job.earlierRuns(),
                        job.replayOf(),
                        job.payload()));
    }

    private static List<Integer> attempts(String key) {
        return wire.read(RawRecords.QUEUE, key).stream()
                .map(record -> {
                    try {
                        return Codec.decode(record.value(), Job.class).attempt();
                    } catch (UnreadableRecordException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static Optional<ConsumerRecord<String, byte[]>> queued(String prompt) {
        return wire.read(RawRecords.QUEUE).stream()
                .filter(record -> new String(record.value(), UTF_8).contains(prompt))
                .findFirst();
    }

    private static long count(String kept) {
        return DeadLetters.read(cluster.clients()).stream()
                .filter(letter -> kept.equals(letter.record()))
                .count();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String key) {
        return new String(record.headers().lastHeader(key).value(), UTF_8);
    }
}

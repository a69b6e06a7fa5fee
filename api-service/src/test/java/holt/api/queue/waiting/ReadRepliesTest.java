package holt.api.queue.waiting;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.Instance;
import holt.api.edge.Await;
import holt.api.edge.ManualTimer;
import holt.api.queue.index.ReadOutcome;
import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReadRepliesTest {
    private static final JobId JOB = new JobId("j");
    private static final Outcome DONE =
            new Outcome.ChatCompleted("yo", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    private final Instance instance = Instance.draw();
    private final String epoch = instance.address().epoch();
    private final WaitingClients waiting = new WaitingClients(10);
    private final ClaimCheck claims =
            new ClaimCheck(new InMemoryObjectStore(), () -> Instant.EPOCH);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<JobId> ended = new ArrayList<>();
    private final ReadReplies read =
            new ReadReplies(
                    instance,
                    waiting,
                    new DeliverOutcomes(
                            waiting,
                            new ReadOutcome(_ -> null, claims),
                            new ManualTimer(Instant.EPOCH)),
                    (job, _) -> ended.add(job),
                    meters);
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void aClientWaits() {
        waiting.register(JOB, new WaitingClient(replies::add, true, false, () -> {}));
    }

    @Test
    void theClientGetsItsRepliesAndPlacementItsEnd() {
        read.read(reply("c", epoch, 1, new Reply.TextDelta("y", 1)));
        read.read(reply("c", epoch, 1, DONE));

        assertThat(replies)
                .containsExactly(new Reply.TextDelta("y", 1), new Reply.TextDelta("o", 0), DONE);
        assertThat(ended).containsExactly(JOB);
        assertThat(waiting.count()).isZero();
    }

    @Test
    void aStoredOutcomeIsFetchedFirst() {
        read.read(reply("c", epoch, 1, new Outcome.Stored(claims.put(Codec.encode(DONE)))));

        Await.until(() -> replies.contains(DONE));
        assertThat(ended).containsExactly(JOB);
    }

    @Test
    @DisplayName("R22: an instance drops replies with another epoch")
    void repliesWithAnotherEpochAreDropped() {
        read.read(reply("c", "earlier", 1, DONE));

        assertThat(replies).isEmpty();
        assertThat(ended).isEmpty();
        assertThat(count("forged")).isZero();
    }

    @Test
    @DisplayName("R25: an instance drops and counts replies without valid headers")
    void repliesWithoutValidHeadersAreCounted() {
        read.read(new ConsumerRecord<>(TOPICS.replies(), 0, 0, null, Codec.encode(DONE)));

        assertThat(replies).isEmpty();
        assertThat(count("forged")).isEqualTo(1);
    }

    @Test
    @DisplayName("R25: an instance drops and counts replies with an unreadable body")
    void repliesWithAnUnreadableBodyAreCounted() {
        read.read(record("c", epoch, 1, "no reply".getBytes(StandardCharsets.UTF_8)));

        assertThat(replies).isEmpty();
        assertThat(count("forged")).isEqualTo(1);
    }

    @Test
    @DisplayName("R45: an instance drops and counts replies of older claims")
    void repliesOfOlderClaimsAreCounted() {
        read.read(reply("old", epoch, 1, new Reply.Started(new WorkerId("w"), 1)));
        read.read(reply("new", epoch, 2, new Reply.Started(new WorkerId("w"), 2)));

        read.read(reply("old", epoch, 1, DONE));

        assertThat(replies).isEmpty();
        assertThat(ended).isEmpty();
        assertThat(count("late")).isEqualTo(1);
    }

    private double count(String kind) {
        return meters.get("holt_" + kind + "_replies_total").counter().count();
    }

    private static ConsumerRecord<String, byte[]> reply(
            String claim, String epoch, int run, Reply reply) {
        return record(claim, epoch, run, Codec.encode(reply));
    }

    private static ConsumerRecord<String, byte[]> record(
            String claim, String epoch, int run, byte[] body) {
        var record = new ConsumerRecord<String, byte[]>(TOPICS.replies(), 0, 0, null, body);
        new ReplyHeaders(JOB, new ClaimId(claim), epoch, run, 0).writeTo(record.headers());
        return record;
    }
}

package holt.system.faults;

import static holt.kafka.TestTopics.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.ReplyHeaders;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.ReplyAddress;
import holt.protocol.UnreadableRecordException;
import holt.system.rig.Cluster;
import holt.system.rig.check.Invariants;
import holt.system.rig.http.Chat;
import holt.system.rig.http.ClientLog;
import holt.system.rig.time.Await;
import holt.system.rig.topics.RawRecords;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F28: replies that the job's worker did not write. */
@Timeout(120)
class ForgedRepliesIT {
    private static final String FORGED = "holt_forged_replies_total";
    private static final String LATE = "holt_late_replies_total";
    private static final byte[] LIE =
            Codec.encode(
                    new Outcome.ChatCompleted(
                            "a lie", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1)));

    @TempDir Path directory;

    @Test
    @DisplayName(
            "R22: an instance drops replies with another epoch, and counts those that it cannot read")
    void forgedRepliesAreIgnoredAndCounted() throws Exception {
        try (var cluster = new Cluster(directory);
                var chat = new Chat();
                var wire = new RawRecords(cluster.clients())) {
            // Given a running job whose client streams, so that the instance knows its claim
            Cluster.Api api = cluster.api();
            cluster.worker(1);
            CompletableFuture<ClientLog.Result> answer =
                    chat.requestStream(api.url(), "nonce=true sleep=8000");
            Await.until(() -> !cluster.starts("true").isEmpty());
            Job job = job(wire);
            ReplyAddress here = job.replyTo();
            int elsewhere = (here.partition() + 1) % Topics.REPLY_PARTITIONS;
            var claim = ClaimId.random();
            var right = new ReplyHeaders(job.id(), claim, here.epoch(), 1, 1);

            // When replies name another job, epoch, partition or claim, or cannot be read
            wire.write(reply(here.partition(), with(right, JobId.random()), LIE));
            wire.write(reply(here.partition(), with(right, "another-epoch"), LIE));
            wire.write(reply(elsewhere, right, LIE));
            wire.write(reply(here.partition(), right, LIE));
            wire.write(reply(here.partition(), right, "no reply".getBytes(UTF_8)));
            wire.write(new ProducerRecord<>(TOPICS.replies(), here.partition(), null, LIE));
            var malformed = reply(here.partition(), right, LIE);
            malformed.headers().remove("holt-run");
            malformed.headers().add("holt-run", "many".getBytes(UTF_8));
            wire.write(malformed);

            // Then
            Await.until(() -> chat.metric(api.management(), FORGED) >= 3);
            assertThat(chat.metric(api.management(), FORGED)).isEqualTo(3);
            assertThat(chat.metric(api.management(), LATE)).isEqualTo(1);
            assertThat(answer).isNotDone();
            assertThat(answer.join().text()).isEqualTo("true.0 ");
            new Invariants(cluster, chat).check();
        }
    }

    private static Job job(RawRecords wire) throws UnreadableRecordException {
        return Codec.decode(wire.read(RawRecords.QUEUE).getFirst().value(), Job.class);
    }

    private static ProducerRecord<String, byte[]> reply(
            int partition, ReplyHeaders headers, byte[] body) {
        var record = new ProducerRecord<String, byte[]>(TOPICS.replies(), partition, null, body);
        headers.writeTo(record.headers());
        return record;
    }

    private static ReplyHeaders with(ReplyHeaders headers, JobId job) {
        return new ReplyHeaders(job, headers.claim(), headers.epoch(), 1, 1);
    }

    private static ReplyHeaders with(ReplyHeaders headers, String epoch) {
        return new ReplyHeaders(headers.job(), headers.claim(), epoch, 1, 1);
    }
}

package holt.system.faults;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.EnsureTopics;
import holt.kafka.ReplyHeaders;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.Heartbeat;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.WorkerId;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import holt.system.rig.topics.JobEvents;
import holt.system.rig.topics.NextRelease;
import holt.system.rig.topics.RawRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** F22: processes of this release and of the next work together. The next release knows more fields and versions. */
@Timeout(120)
class RollingUpgradeIT {
    @TempDir Path directory;

    @Test
    @DisplayName(
            "R88: an API instance skips records that it cannot read, and a later worker serves it")
    void anApiOfThisReleaseReadsAWorkerOfTheNext() throws Exception {
        try (var cluster = new Cluster(directory);
                var chat = new Chat();
                var wire = new RawRecords(cluster.clients())) {
            // Given a worker of the next release, which this test plays
            Cluster.Api api = cluster.api();
            var worker = WorkerId.random();
            new EnsureTopics(cluster.clients(), Cluster.queues()).queueOf(Cluster.MODEL.name());
            wire.write(
                    new ProducerRecord<>(
                            TOPICS.workers(),
                            later(
                                    new Heartbeat.OfWorker(
                                            worker,
                                            Heartbeat.WorkerState.SERVING,
                                            List.of(new Heartbeat.Serving(Cluster.MODEL, 1))))));
            Await.until(() -> chat.lists(api.url(), Cluster.MODEL.name()));

            // When it answers a job with fields and versions that this release does not know
            CompletableFuture<Chat.Answer> answer = chat.askLater(api.url(), "nonce=new");
            Await.until(() -> !wire.read(RawRecords.QUEUE).isEmpty());
            Job job = Codec.decode(wire.read(RawRecords.QUEUE).getFirst().value(), Job.class);
            var claim = ClaimId.random();
            var outcome =
                    new Outcome.ChatCompleted(
                            "new.0 ", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));
            var started = new Reply.Started(worker, 1);
            wire.write(reply(job, claim, 0, later(started)));
            wire.write(reply(job, claim, 1, NextRelease.ofNextVersion(Codec.encode(outcome))));
            wire.write(reply(job, claim, 2, later(outcome)));

            // Then
            assertThat(answer.join().text()).isEqualTo("new.0 ");
            wire.write(
                    event(
                            job.id(),
                            NextRelease.ofNextVersion(
                                    Codec.encode(finished(job, claim, new Outcome.Cancelled())))));
            wire.write(event(job.id(), later(finished(job, claim, outcome))));
            assertThat(JobEvents.read(cluster.clients()).outcome(job.id())).isEqualTo(outcome);
        }
    }

    @Test
    @DisplayName("R87: a worker ignores the fields of a later API instance, and serves it")
    void aWorkerOfThisReleaseServesAnApiOfTheNext() throws Exception {
        try (var cluster = new Cluster(directory);
                var chat = new Chat();
                var wire = new RawRecords(cluster.clients())) {
            // Given
            Cluster.Api api = cluster.api();
            cluster.worker(2);
            // The job runs long enough for the order to cancel it, before or after its start.
            assertThat(chat.ask(api.url(), "nonce=sample sleep=2000").status()).isEqualTo(200);
            byte[] sample = wire.read(RawRecords.QUEUE).getFirst().value();
            Job known = Codec.decode(sample, Job.class);

            // When jobs and commands have fields that it does not know
            JobId runs = JobId.random();
            JobId revoked = JobId.random();
            wire.write(
                    new ProducerRecord<>(
                            TOPICS.commands(),
                            revoked.value(),
                            later(new Command.Cancel(revoked, known.deadline()))));
            wire.write(job(known, revoked));
            wire.write(job(known, runs));

            // Then
            Await.until(() -> JobEvents.read(cluster.clients()).finished(runs));
            Await.until(() -> JobEvents.read(cluster.clients()).finished(revoked));
            JobEvents events = JobEvents.read(cluster.clients());
            assertThat(events.outcome(runs)).isInstanceOf(Outcome.ChatCompleted.class);
            assertThat(events.outcome(revoked)).isInstanceOf(Outcome.Cancelled.class);
        }
    }

    private static byte[] later(Object message) {
        return NextRelease.withUnknownFields(Codec.encode(message));
    }

    private static ProducerRecord<String, byte[]> job(Job like, JobId id) {
        var job =
                new Job(
                        id,
                        like.model(),
                        like.lane(),
                        1,
                        like.created(),
                        like.deadline(),
                        like.replyTo(),
                        List.of(),
                        null,
                        like.payload());
        return new ProducerRecord<>(RawRecords.QUEUE, id.value(), later(job));
    }

    private static ProducerRecord<String, byte[]> reply(
            Job job, ClaimId claim, int sequence, byte[] body) {
        var record =
                new ProducerRecord<String, byte[]>(
                        TOPICS.replies(), job.replyTo().partition(), null, body);
        new ReplyHeaders(job.id(), claim, job.replyTo().epoch(), 1, sequence)
                .writeTo(record.headers());
        return record;
    }

    private static JobEvent finished(Job job, ClaimId claim, Outcome outcome) {
        return new JobEvent.Finished(job.id(), job.model(), job.lane(), claim, outcome);
    }

    private static ProducerRecord<String, byte[]> event(JobId job, byte[] body) {
        return new ProducerRecord<>(TOPICS.events(), job.value(), body);
    }
}

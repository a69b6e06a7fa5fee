package holt.api.queue.publish;

import holt.api.Instance;
import holt.api.queue.index.JobAddress;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes jobs, and the events, cancels and dead letters of this instance. Each future is done once the broker has confirmed all records.
 *
 * <p>The API's only class that makes a {@link JobEvent}.
 */
public final class PublishJobs {
    private final Instance instance;
    private final Topics topics;
    private final SendRecord jobs;
    private final SendRecord orders;

    /**
     * @param jobs gives up an unconfirmed record soon, so that its client gets an answer
     * @param orders gives up late, so that cancels and ends survive a short outage of the broker
     */
    public PublishJobs(Instance instance, Topics topics, SendRecord jobs, SendRecord orders) {
        this.instance = instance;
        this.topics = topics;
        this.jobs = jobs;
        this.orders = orders;
    }

    /**
     * Writes {@code Accepted} before the job, so that the log shows a job's beginning before its end.
     *
     * @param topic the queue, or the durable part of the line
     */
    CompletableFuture<?> job(Job job, String topic) {
        // Both are encoded before the first is sent, so that they leave in one request.
        ProducerRecord<String, byte[]> accepted = accepted(job);
        ProducerRecord<String, byte[]> record = record(job, topic);
        return CompletableFuture.allOf(jobs.send(accepted), jobs.send(record));
    }

    /**
     * Writes a job with a key. {@code Accepted} follows only after the topic has confirmed the job: it tells other instances not to begin the
     * job. If this instance died after {@code Accepted} alone, clients with the key would wait for a job that no topic has.
     *
     * @param topic the queue, or the durable part of the line
     */
    CompletableFuture<?> keyedJob(Job job, String topic) {
        return jobs.send(record(job, topic))
                .thenComposeAsync(_ -> jobs.send(accepted(job)), Thread::startVirtualThread);
    }

    /** Writes a job that has its {@code Accepted} already. */
    CompletableFuture<?> queued(Job job) {
        return jobs.send(record(job, topics.queue(job.model())));
    }

    /**
     * Announces that this instance wants to publish the job with a key.
     *
     * @param fingerprint of the request
     */
    CompletableFuture<?> claim(Job job, String fingerprint) {
        return jobs.send(
                event(
                        new JobEvent.Claimed(
                                job.id(),
                                job.model(),
                                job.lane(),
                                instance.id(),
                                job.deadline(),
                                fingerprint,
                                job.origin())));
    }

    /** Writes another attempt of a job, which has its {@code Accepted} already. */
    CompletableFuture<?> again(Job job) {
        return orders.send(record(job, topics.queue(job.model())));
    }

    /** Notes that the job is in its queue again, after a run that its worker did not end. */
    CompletableFuture<?> requeued(JobAddress job, ClaimId claim, Failure reason) {
        return orders.send(
                event(new JobEvent.Requeued(job.id(), job.model(), job.lane(), claim, reason)));
    }

    /** Ends a job that no worker ends. */
    CompletableFuture<?> finished(JobAddress job, Outcome outcome) {
        return orders.send(
                event(new JobEvent.Finished(job.id(), job.model(), job.lane(), null, outcome)));
    }

    CompletableFuture<?> dead(DeadLetter letter, String key) {
        return orders.send(new ProducerRecord<>(topics.dead(), key, Codec.encode(letter)));
    }

    CompletableFuture<?> cancel(JobId job, Instant deadline) {
        return command(job.value(), new Command.Cancel(job, deadline));
    }

    /** Lets a worker claim no more jobs, or lets it claim again. */
    public CompletableFuture<?> drain(WorkerId worker, boolean drain) {
        return command(
                worker.value(), drain ? new Command.Drain(worker) : new Command.Undrain(worker));
    }

    private CompletableFuture<?> command(String key, Command command) {
        return orders.send(new ProducerRecord<>(topics.commands(), key, Codec.encode(command)));
    }

    private ProducerRecord<String, byte[]> accepted(Job job) {
        return event(
                new JobEvent.Accepted(
                        job.id(),
                        job.model(),
                        job.lane(),
                        instance.id(),
                        job.deadline(),
                        job.origin()));
    }

    private static ProducerRecord<String, byte[]> record(Job job, String topic) {
        return new ProducerRecord<>(topic, job.id().value(), Codec.encode(job));
    }

    private ProducerRecord<String, byte[]> event(JobEvent event) {
        return new ProducerRecord<>(topics.events(), event.job().value(), Codec.encode(event));
    }
}

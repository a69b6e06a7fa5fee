package holt.api.queue.placement;

import holt.api.Instance;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Command;
import holt.protocol.DeadLetter;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What this instance writes: jobs with their {@code Accepted}, and orders to the workers. */
public final class PublishJobs implements AutoCloseable {
    /** Orders may come late, but not get lost while the broker is away for a while. */
    private static final Duration ORDERS_PATIENCE = Duration.ofMinutes(2);

    private final Instance instance;
    private final Publisher jobs;
    private final Publisher orders;

    /** @param patience after which a job that is not confirmed is given up */
    public PublishJobs(Instance instance, KafkaClients clients, Duration patience) {
        this.instance = instance;
        this.jobs = clients.publisher(Duration.ZERO, patience);
        this.orders = clients.publisher(Duration.ZERO, ORDERS_PATIENCE);
        jobs.prepare(Topics.EVENTS, ORDERS_PATIENCE);
        List.of(Topics.EVENTS, Topics.COMMANDS, Topics.DEAD)
                .forEach(topic -> orders.prepare(topic, ORDERS_PATIENCE));
    }

    /** The event goes first: whoever folds the events should not see the end of a job before its beginning. */
    public CompletableFuture<?> job(Job job, int partition) {
        // Both are written before the first is sent, so that they leave in one request.
        ProducerRecord<String, byte[]> event = accepted(job, partition);
        ProducerRecord<String, byte[]> queued = queued(job, partition);
        CompletableFuture<?> told = jobs.send(event);
        CompletableFuture<?> sent = jobs.send(queued);
        return CompletableFuture.allOf(told, sent);
    }

    /**
     * A job with a key. The event waits until the queue has the job, since it tells other instances that they need not begin it: were this
     * one to die after the event alone, whoever comes with the key would wait for a job that nobody has. Its {@code Claimed} is its beginning.
     */
    public CompletableFuture<?> keyed(Job job, int partition) {
        return jobs.send(queued(job, partition))
                .thenComposeAsync(
                        _ -> jobs.send(accepted(job, partition)), Thread::startVirtualThread);
    }

    /** Puts a job that had been accepted before into its queue once more. */
    CompletableFuture<?> again(Job job, int partition) {
        return orders.send(queued(job, partition));
    }

    /**
     * Says that this instance wants to publish the job with a key.
     *
     * @param request the fingerprint of what was asked
     */
    public CompletableFuture<?> claim(Job job, int partition, String request) {
        return jobs.send(
                record(
                        new JobEvent.Claimed(
                                job.id(),
                                job.model(),
                                job.lane(),
                                partition,
                                instance.id(),
                                job.deadline(),
                                request)));
    }

    /** Learns where a queue is, and how many partitions it has. */
    int prepare(String topic, Duration patience) {
        return jobs.prepare(topic, patience);
    }

    /** An end that no worker can tell. */
    CompletableFuture<?> event(JobEvent event) {
        return orders.send(record(event));
    }

    CompletableFuture<?> dead(DeadLetter letter, String key) {
        return orders.send(new ProducerRecord<>(Topics.DEAD, key, Codec.encode(letter)));
    }

    CompletableFuture<?> cancel(JobId job, Instant deadline) {
        return orders.send(
                new ProducerRecord<>(
                        Topics.COMMANDS,
                        job.value(),
                        Codec.encode(new Command.Cancel(job, deadline))));
    }

    @Override
    public void close() {
        jobs.close();
        orders.close();
    }

    private ProducerRecord<String, byte[]> accepted(Job job, int partition) {
        return record(
                new JobEvent.Accepted(
                        job.id(),
                        job.model(),
                        job.lane(),
                        partition,
                        instance.id(),
                        job.deadline()));
    }

    private static ProducerRecord<String, byte[]> queued(Job job, int partition) {
        return new ProducerRecord<>(
                Topics.queue(job.model(), job.lane()),
                partition,
                job.id().value(),
                Codec.encode(job));
    }

    private static ProducerRecord<String, byte[]> record(JobEvent event) {
        return new ProducerRecord<>(Topics.EVENTS, event.job().value(), Codec.encode(event));
    }
}

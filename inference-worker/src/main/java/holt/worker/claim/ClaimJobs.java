package holt.worker.claim;

import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Failure;
import holt.protocol.Heartbeat;
import holt.protocol.Job;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.UnreadableRecordException;
import holt.worker.report.PublishReplies;
import holt.worker.run.ClaimedJob;
import holt.worker.run.ModelRunner;
import holt.worker.run.RunJob;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One slot: claims a job, holds it until it is settled, and claims the next. A consumer cannot take a record while it holds one, so a slot
 * is a consumer, and its thread's alone. The thread is the kernel's: a consumer that spins would keep a virtual one's carrier.
 */
public final class ClaimJobs implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimJobs.class);

    /** Bounds how long an idle slot takes to see that it is drained; to wake it up could hit what it does with a job just polled. */
    private static final Duration POLL = Duration.ofMillis(500);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration UNTIL_IT_ANSWERS = Duration.ofMillis(100);

    /** The broker is told what became of the last record, and that this member leaves. */
    private static final Duration TO_LEAVE = Duration.ofSeconds(30);

    /** The start of a run that ends so soon is told with its end, in one request: on its own it would hold the end up. */
    private static final Duration SOON = Duration.ofMillis(10);

    /** A job under which so many workers ended, before they could say so, is run apart from others like it; see {@link SuspectJobs}. */
    private static final int SUSPECT = 2;

    /** And after so many it is not run again. */
    private static final int POISON = 3;

    private final ModelRunner runner;
    private final Lane lane;
    private final Desk desk;
    private final KafkaClients clients;
    private final QueueSettings queues;
    private int passedOver;
    private volatile boolean draining;
    private volatile @Nullable CompletableFuture<?> holding;
    private volatile Heartbeat.@Nullable JobProgress progress;

    /** A record of a newer release is put off that often, for a worker that can read it: five minutes of a rolling upgrade. */
    private static final int FUTURE_WAITS = 10;

    /**
     * What all slots of a worker share.
     *
     * @param brokerAnswers whether heartbeats have been confirmed lately
     */
    public record Desk(
            CountCrashes crashes,
            SuspectJobs suspects,
            RunJob run,
            StoreOutcome store,
            SettleJob settle,
            PublishReplies publish,
            BooleanSupplier brokerAnswers) {}

    public ClaimJobs(
            ModelRunner runner, Lane lane, Desk desk, KafkaClients clients, QueueSettings queues) {
        this.runner = runner;
        this.lane = lane;
        this.desk = desk;
        this.clients = clients;
        this.queues = queues;
    }

    @Override
    public void run() {
        String topic = Topics.queue(runner.model().name(), lane);
        while (!draining) {
            try {
                if (desk.brokerAnswers().getAsBoolean()) {
                    claim(topic);
                } else {
                    pause(UNTIL_IT_ANSWERS);
                }
            } catch (LeaseLostException e) {
                LOG.atWarn()
                        .addKeyValue("queue", topic)
                        .addKeyValue("reason", e.getMessage())
                        .log(
                                "a lease was lost; the job belongs to another claim, and this slot starts anew");
            } catch (RuntimeException | ExecutionException e) {
                LOG.atWarn()
                        .addKeyValue("queue", topic)
                        .setCause(e)
                        .log(
                                "a slot failed; it starts anew, and the job it held is handed out again");
                pause(AFTER_FAILURE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** No new claims; the job at hand, if any, may end. */
    public void drain() {
        draining = true;
    }

    /** The job at hand, unless its outcome is being published, goes back to the queue. */
    public void handBack() {
        CompletableFuture<?> job = holding;
        if (job != null) {
            job.cancel(false);
        }
    }

    public boolean busy() {
        return holding != null;
    }

    /** Of the job at hand; null if it tells none. */
    public Heartbeat.@Nullable JobProgress progress() {
        return progress;
    }

    /** Until the slot is drained, or the broker is away: a consumer that does not find its group spins instead of waiting (KAFKA-20253). */
    private void claim(String topic)
            throws LeaseLostException, ExecutionException, InterruptedException {
        KafkaShareConsumer<String, byte[]> consumer = clients.shareConsumer(topic);
        try {
            consumer.subscribe(List.of(topic));
            while (!draining && desk.brokerAnswers().getAsBoolean()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    handle(record, new Lease(consumer, record, queues.lock()));
                }
            }
        } finally {
            consumer.close(desk.brokerAnswers().getAsBoolean() ? TO_LEAVE : Duration.ZERO);
        }
    }

    private void handle(ConsumerRecord<String, byte[]> record, Lease lease)
            throws LeaseLostException, ExecutionException, InterruptedException {
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            lease.await(setAside(record, e));
            lease.accept();
            return;
        }
        if (desk.run().isLongOver(job)) {
            passOver(record.topic(), lease);
            return;
        }
        int deliveries = record.deliveryCount().map(Short::intValue).orElse(1);
        int crashes = lease.await(desk.crashes().before(job, deliveries));
        var claimed =
                new ClaimedJob(job, ClaimId.random(), record.partition(), job.attempt() + crashes);
        int ended = crashes + job.attemptsThatEndedWorkers();
        if (ended >= POISON) {
            var poison =
                    new Outcome.Failed(
                            Failure.WORKER_FAILED,
                            "the job ended the workers that ran it, " + ended + " times");
            lease.await(desk.settle().giveUp(claimed, desk.publish().started(claimed), poison, ""));
            lease.accept();
            return;
        }
        try (SuspectJobs.Turn turn =
                ended >= SUSPECT ? desk.suspects().line() : SuspectJobs.none()) {
            lease.await(hold(turn.comes()));
            run(claimed, deliveries > 1, lease);
        } catch (CancellationException e) {
            LOG.atInfo()
                    .addKeyValue("jobId", job.id().value())
                    .log("a job is handed back, since this worker ends");
            // Published anew: releasing it would count as a delivery, and too many of those make a
            // job poison.
            lease.await(
                    desk.publish()
                            .requeue(
                                    record.topic(),
                                    record.partition(),
                                    record.key(),
                                    record.value(),
                                    record.headers()));
        } finally {
            holding = null;
            progress = null;
        }
        lease.accept();
    }

    /** A broker that has crashed can lose its place in a queue and hand out again what was settled before (docs/adr/0007). */
    private void passOver(String topic, Lease lease) {
        if (passedOver++ % 1000 == 0) {
            LOG.atWarn()
                    .addKeyValue("queue", topic)
                    .addKeyValue("passedOver", passedOver)
                    .log("jobs that were over long ago are handed out again, and passed over");
        }
        lease.pass();
    }

    /** On the engine's thread. */
    private void pass(Job job, Reply reply, Consumer<Reply> replies) {
        if (reply instanceof Reply.Progress(int done, int total)) {
            progress = new Heartbeat.JobProgress(job.id(), done, total);
        }
        replies.accept(reply);
    }

    private void run(ClaimedJob claimed, boolean again, Lease lease)
            throws LeaseLostException, ExecutionException, InterruptedException {
        Job job = claimed.job();
        PublishReplies.ClaimReplies replies = desk.publish().started(claimed);
        Outcome refusal = desk.run().refusal(job);
        if (refusal != null) {
            lease.await(desk.settle().settle(claimed, replies, refusal, ""));
            return;
        }
        if (again) {
            // Should this worker die over it, too, the next one can count on having been told of
            // this start.
            lease.await(replies.announce());
        }
        CompletableFuture<ModelRunner.Running> starting =
                hold(desk.run().start(claimed, runner, reply -> pass(job, reply, replies)));
        try {
            ModelRunner.Running running = lease.await(starting);
            CompletableFuture<Outcome> end = hold(running.outcome());
            if (!endsSoon(end)) {
                var _ = replies.announce();
            }
            Outcome outcome = lease.await(end);
            Outcome stored =
                    lease.await(hold(desk.store().store(job, outcome, running.uploads().get())));
            lease.await(desk.settle().settle(claimed, replies, stored, running.trace().get()));
        } finally {
            if (!starting.cancel(false)) {
                starting.resultNow().stop().run();
            }
        }
    }

    private static boolean endsSoon(CompletableFuture<?> run) throws InterruptedException {
        try {
            run.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | CancellationException e) {
            // As the lease will tell.
            return true;
        }
    }

    private <T> CompletableFuture<T> hold(CompletableFuture<T> job) {
        holding = job;
        return job;
    }

    /** What a newer release wrote waits for a worker that can read it; anything else that is no job is kept for people. */
    private CompletableFuture<?> setAside(
            ConsumerRecord<String, byte[]> record, UnreadableRecordException why) {
        int waits = waits(record);
        return why.future() && waits < FUTURE_WAITS
                ? desk.settle()
                        .putOff(
                                new PublishReplies.Waiting(
                                        record.topic(), record.key(), record.value()),
                                waits + 1)
                : desk.settle()
                        .undecodable(
                                record.key(), record.value(), String.valueOf(why.getMessage()));
    }

    private static int waits(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(PublishReplies.WAITS_HEADER);
        return header == null
                ? 0
                : Integer.parseInt(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package holt.api.queue;

import holt.api.Instance;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.KnownJob;
import holt.api.queue.index.ReadOutcome;
import holt.api.queue.placement.DrainUndelivered;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.PublishJobs;
import holt.api.queue.waiting.ReadReplies;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.kafka.SendHeartbeats;
import holt.kafka.Topics;
import holt.protocol.Heartbeat;
import holt.protocol.JobEvent;
import holt.store.ClaimCheck;
import holt.store.DeleteOldDays;
import holt.store.PictureKeys;
import holt.store.StoreSettings;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts this instance's side of the queue, in the order in which its parts need one another. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsSettings.class)
class QueueConfiguration {
    /** Accepted, started, finished, and now and then another attempt. */
    private static final int EVENTS_A_JOB = 4;

    /** What must come sooner, comes with the replies. */
    private static final Duration EVENTS_PACE = Duration.ofMillis(5);

    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration LOOK_FOR_STRAYS = Duration.ofSeconds(2);

    @Bean
    Instance instance() {
        return Instance.draw();
    }

    @Bean
    SendHeartbeats heartbeat(
            EnsureTopics topics, KafkaClients clients, BrokerClock clock, Instance instance) {
        topics.shared();
        var heart =
                new SendHeartbeats(
                        clients,
                        clock,
                        () -> new Heartbeat.OfApi(instance.id()),
                        () -> new Heartbeat.ApiGone(instance.id()));
        heart.start();
        return heart;
    }

    @Bean
    PublishJobs publishJobs(Instance instance, KafkaClients clients, JobsSettings settings) {
        return new PublishJobs(instance, clients, settings.confirmWithin());
    }

    @Bean
    KafkaJobQueue.Broker broker(
            BrokerClock clock,
            SendHeartbeats heart,
            PublishJobs publish,
            EnsureTopics topics,
            JobsSettings settings,
            QueueSettings queues) {
        return new KafkaJobQueue.Broker(
                clock, heart, publish, topics, settings.confirmWithin(), queues.longestDeadline());
    }

    @Bean
    JobIndex jobIndex(
            BrokerClock clock,
            LiveWorkers workers,
            QueueSettings queues,
            JobsSettings settings,
            MeterRegistry meters) {
        var index = new JobIndex(clock, workers, queues.resultRetention(), settings.remember());
        FunctionCounter.builder("holt_duplicate_replies_total", index, JobIndex::duplicates)
                .description("jobs that were ended once more; the first end counted")
                .register(meters);
        return index;
    }

    @Bean
    ReadOutcome readOutcome(KafkaClients clients, ClaimCheck claims) {
        return new ReadOutcome(clients, claims);
    }

    @Bean
    KafkaJobQueue.Kept kept(JobIndex index, ReadOutcome outcomes, ClaimCheck claims) {
        return new KafkaJobQueue.Kept(index, outcomes, claims);
    }

    @Bean
    TrackKafkaJobs trackJobs(
            JobIndex index, ReadOutcome outcomes, KafkaJobQueue queue, LiveWorkers workers) {
        return new TrackKafkaJobs(index, outcomes, queue, workers);
    }

    @Bean
    ExpireStrayJobs endStrayJobs(
            Instance instance,
            JobIndex index,
            LiveWorkers workers,
            KafkaJobQueue.Broker broker,
            KafkaJobQueue queue) {
        var endStrays =
                new ExpireStrayJobs(instance, index, workers, queue.revoke(), broker.clock());
        queue.every(LOOK_FOR_STRAYS, endStrays);
        return endStrays;
    }

    @Bean
    WaitingClients waitingClients(JobsSettings settings, MeterRegistry meters) {
        var waiting = new WaitingClients(settings.maxWaiting());
        Gauge.builder("holt_clients_waiting", waiting, WaitingClients::count).register(meters);
        return waiting;
    }

    @Bean
    KafkaJobQueue jobQueue(
            Instance instance,
            WaitingClients waiting,
            KafkaJobQueue.Kept kept,
            KafkaJobQueue.Broker broker,
            LiveWorkers workers,
            QueueSettings queues,
            MeterRegistry meters) {
        var queue =
                new KafkaJobQueue(
                        instance,
                        waiting,
                        kept,
                        broker,
                        publish ->
                                new PlaceJobs(
                                        instance.id(), workers, broker.clock(), queues, publish));
        Gauge.builder(
                        "holt_queue_window_used_ratio",
                        queue,
                        q -> q.windowInUse() / (double) queues.recordLocks())
                .description(
                        "the fullest partition's in-flight window; nothing more is handed out at 1")
                .register(meters);
        return queue;
    }

    @Bean
    SweepStore sweepStore(
            DeleteOldDays forget, StoreSettings store, QueueSettings queues, KafkaJobQueue queue) {
        Duration claims = Collections.max(List.of(queues.retention(), queues.resultRetention()));
        var sweep =
                new SweepStore(
                        forget,
                        Map.of(ClaimCheck.PREFIX, claims, PictureKeys.PREFIX, store.pictureLife()));
        queue.every(SWEEP, sweep);
        return sweep;
    }

    @Bean
    FollowTopic replies(
            KafkaClients clients,
            Instance instance,
            WaitingClients waiting,
            KafkaJobQueue queue,
            MeterRegistry meters) {
        var replies = new ReadReplies(instance, waiting, queue::end, queue::ended, meters);
        return new FollowTopic(
                clients,
                Topics.REPLIES,
                List.of(instance.address().partition()),
                new FollowTopic.From.End(),
                replies::read);
    }

    @Bean
    DrainUndelivered drainUndelivered(KafkaClients clients, KafkaJobQueue.Broker broker) {
        return new DrainUndelivered(clients, broker.publish(), broker.clock());
    }

    @Bean
    FollowTopic events(
            KafkaClients clients,
            KafkaJobQueue.Broker broker,
            KafkaJobQueue queue,
            JobIndex index,
            Memory memory) {
        FollowTopic events =
                FollowTopic.messages(
                        clients,
                        Topics.EVENTS,
                        new FollowTopic.From.Since(
                                broker.clock().instant().minus(memory.age()), memory.events()),
                        EVENTS_PACE,
                        JobEvent.class,
                        (event, record) ->
                                queue.apply(
                                        event,
                                        new KnownJob.EventPlace(
                                                record.partition(), record.offset()),
                                        Instant.ofEpochMilli(record.timestamp())));
        events.caughtUp().thenRun(index::caughtUp);
        return events;
    }

    /** Only then is the instance ready: before, it would refuse what concerns a job that may be there. */
    @Bean
    ApplicationRunner knowJobs(FollowTopic events) {
        return _ -> events.caughtUp().join();
    }

    /**
     * How far back the events are read at a start.
     *
     * @param events of each partition
     */
    record Memory(Duration age, long events) {}

    @Bean
    Memory memory(QueueSettings queues, JobsSettings settings) {
        return new Memory(
                queues.resultRetention(),
                (long) settings.remember() * EVENTS_A_JOB / Topics.EVENT_PARTITIONS);
    }
}

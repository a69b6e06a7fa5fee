package holt.api.queue;

import holt.api.Instance;
import holt.api.MemoryBudget;
import holt.api.ThreadTimer;
import holt.api.Timer;
import holt.api.controls.PausedModels;
import holt.api.models.LiveWorkers;
import holt.api.queue.dead.KafkaDeadLetters;
import holt.api.queue.history.HistorySettings;
import holt.api.queue.history.OpenHistory;
import holt.api.queue.history.RocksJobStore;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.KafkaEventLog;
import holt.api.queue.index.ReadOutcome;
import holt.api.queue.index.Retention;
import holt.api.queue.placement.FindQueues;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.ShareLines;
import holt.api.queue.placement.Signal;
import holt.api.queue.publish.Breakers;
import holt.api.queue.publish.BrokerHealth;
import holt.api.queue.publish.HeartbeatHealth;
import holt.api.queue.publish.HoldRecords;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.publish.RevokeJobs;
import holt.api.queue.publish.SendJobs;
import holt.api.queue.publish.SettleCrash;
import holt.api.queue.usage.UsageTotals;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.QueueSettings;
import holt.kafka.ReadTail;
import holt.kafka.SendHeartbeats;
import holt.kafka.TopicExtent;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.store.ClaimCheck;
import holt.store.KeepPayload;
import holt.store.ObjectStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/**
 * Makes the parts that take jobs and publish them. The heartbeat creates the topics and sets the broker's clock, so the publishers take it
 * as a parameter.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({JobsSettings.class, HistorySettings.class})
class QueueConfiguration {
    /** A cancel may come late, but a short outage of the broker must not lose it. */
    private static final Duration SWEEP_CALLERS = Duration.ofMinutes(1);

    private static final Duration ORDERS_PATIENCE = Duration.ofMinutes(2);

    private static final Duration WATCH_BROKER = Duration.ofSeconds(1);

    @Bean
    Instance instance() {
        return Instance.draw();
    }

    /** Wrong settings of the store end the start before the broker is asked for anything. */
    @Bean
    @DependsOn("storeSettings")
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
    ThreadTimer queueTimer() {
        return new ThreadTimer("queue-timer");
    }

    @Bean
    Publisher jobPublisher(KafkaClients clients, JobsSettings settings, SendHeartbeats heart) {
        Topics topics = clients.topics();
        return publisher(
                clients, settings.hold(), topics.events(), topics.waiting(), topics.line());
    }

    @Bean
    Publisher orderPublisher(KafkaClients clients, SendHeartbeats heart) {
        Topics topics = clients.topics();
        return publisher(
                clients,
                ORDERS_PATIENCE,
                Stream.concat(
                                Stream.of(
                                        topics.events(),
                                        topics.commands(),
                                        topics.dead(),
                                        topics.usage()),
                                Stream.of(Topics.Retry.values()).map(topics::retry))
                        .toArray(String[]::new));
    }

    @Bean
    Breakers breakers(KafkaClients clients, BrokerClock clock, JobsSettings settings) {
        return new Breakers(clients.topics(), clock, settings.confirmWithin());
    }

    @Bean
    PublishJobs publishJobs(
            Instance instance,
            Publisher jobPublisher,
            Publisher orderPublisher,
            Breakers breakers,
            Timer timer,
            BrokerClock clock,
            JobsSettings settings) {
        var jobs =
                new HoldRecords(
                        jobPublisher::send,
                        breakers,
                        timer,
                        clock,
                        settings.hold(),
                        settings.mostHeldBytes());
        return new PublishJobs(instance, jobPublisher.topics(), jobs, orderPublisher::send);
    }

    @Bean
    SteerWorkers steerWorkers(PublishJobs publish) {
        return publish::drain;
    }

    @Bean
    BrokerHealth brokerHealth(SendHeartbeats heart, JobsSettings settings) {
        return new HeartbeatHealth(heart, settings.confirmWithin());
    }

    /** Needs the topic of the events, which the heartbeat creates. */
    @Bean
    RocksJobStore history(
            KafkaClients clients,
            SendHeartbeats heart,
            ObjectStore objects,
            HistorySettings settings,
            @Value("${holt.data.directory:data}") Path data) {
        Path directory = settings.directory();
        var open =
                new OpenHistory(
                        TopicExtent.ask(clients, clients.topics().events()),
                        settings.snapshotEvery().isZero() ? null : objects);
        return open.in(directory == null ? data.resolve("history") : directory);
    }

    @Bean
    JobIndex jobIndex(
            BrokerClock clock,
            LiveWorkers workers,
            QueueSettings queues,
            HistorySettings settings,
            JobStore history,
            MeterRegistry meters) {
        Duration all = queues.resultRetention();
        Duration unkeyed = settings.forgetUnkeyedAfter();
        var retention =
                new Retention(all, unkeyed == null || unkeyed.compareTo(all) > 0 ? all : unkeyed);
        var index = new JobIndex(clock, workers, retention, queues.longestDeadline(), history);
        FunctionCounter.builder("holt_duplicate_replies_total", index, JobIndex::duplicates)
                .description("jobs that were ended once more; the first end counted")
                .register(meters);
        return index;
    }

    @Bean
    KafkaEventLog eventLog(KafkaClients clients) {
        return new KafkaEventLog(clients);
    }

    @Bean
    ReadOutcome readOutcome(KafkaEventLog log, ClaimCheck claims) {
        return new ReadOutcome(log, claims);
    }

    @Bean
    WaitingClients waitingClients(JobsSettings settings, MeterRegistry meters) {
        var waiting = new WaitingClients(settings.maxWaiting());
        Gauge.builder("holt_clients_waiting", waiting, WaitingClients::count).register(meters);
        return waiting;
    }

    @Bean
    DeliverOutcomes deliverOutcomes(WaitingClients waiting, ReadOutcome outcomes, Timer timer) {
        return new DeliverOutcomes(waiting, outcomes, timer);
    }

    @Bean
    RevokeJobs revokeJobs(PublishJobs publish, BrokerClock clock, Timer timer) {
        return new RevokeJobs(publish, clock, timer);
    }

    @Bean
    SettleCrash settleCrash(PublishJobs publish, ClaimCheck claims, BrokerClock clock) {
        return new SettleCrash(publish, new KeepPayload(claims), clock);
    }

    @Bean
    SendJobs sendJobs(
            KafkaClients clients, PublishJobs publish, WaitingClients waiting, RevokeJobs revoke) {
        return new SendJobs(clients.topics(), publish, waiting, revoke);
    }

    @Bean
    MemoryBudget memory(JobsSettings settings) {
        return new MemoryBudget(settings.mostHeldBytes());
    }

    /** Rises when other instances should know what has changed in the line. */
    @Bean
    Signal lineChanged() {
        return new Signal();
    }

    @Bean
    PlaceJobs placeJobs(
            LiveWorkers workers,
            BrokerClock clock,
            Signal lineChanged,
            MemoryBudget memory,
            Publisher jobPublisher,
            Breakers breakers,
            BrokerHealth health,
            JobsSettings settings,
            PausedModels paused,
            Timer timer,
            MeterRegistry meters) {
        var find =
                new FindQueues(
                        model ->
                                jobPublisher.prepare(
                                        jobPublisher.topics().queue(model),
                                        settings.confirmWithin()),
                        breakers,
                        Thread::startVirtualThread);
        var place =
                new PlaceJobs(
                        workers,
                        clock,
                        find,
                        breakers,
                        settings.hold(),
                        memory::leftForOthers,
                        settings.leastShareOfWork(),
                        paused::contains,
                        lineChanged::raise);
        memory.shareWith(place::waitingBytes);
        Gauge.builder("holt_line_jobs", place, PlaceJobs::waitingJobs)
                .description("jobs that wait in this instance for their turn")
                .register(meters);
        Gauge.builder("holt_line_bytes", place, PlaceJobs::waitingBytes)
                .description("bytes of the jobs that wait in this instance")
                .register(meters);
        timer.every(WATCH_BROKER, () -> place.look(health.isSilent()));
        return place;
    }

    @Bean
    ShareLines shareLines(
            Instance instance,
            LiveWorkers workers,
            PlaceJobs place,
            BrokerClock clock,
            JobsSettings settings,
            Publisher jobPublisher) {
        String topic = jobPublisher.topics().line();
        return new ShareLines(
                instance.id(),
                workers,
                place,
                clock,
                settings.leastShareOfWork(),
                message -> jobPublisher.send(new ProducerRecord<>(topic, Codec.encode(message))));
    }

    @Bean
    EnqueueJobs enqueueJobs(PlaceJobs place, SendJobs send) {
        return new EnqueueJobs(place, send);
    }

    @Bean
    MakeJobs makeJobs(Instance instance, BrokerClock clock, ClaimCheck claims) {
        return new MakeJobs(instance.address(), clock, claims);
    }

    @Bean
    RegisterClients registerClients(
            WaitingClients waiting,
            PlaceJobs place,
            RevokeJobs revoke,
            PausedModels paused,
            Timer timer,
            BrokerClock clock) {
        return new RegisterClients(waiting, place, revoke, paused, timer, clock);
    }

    /** An operator's order reaches the jobs that wait inside this instance. */
    @Bean
    CancelWaitingJobs cancelWaitingJobs(PlaceJobs place, RegisterClients clients) {
        return new CancelWaitingJobs(place, clients);
    }

    @Bean
    ClaimKeys claimKeys(
            Instance instance,
            JobIndex index,
            EnqueueJobs enqueue,
            SendJobs send,
            Timer timer,
            JobsSettings settings) {
        return new ClaimKeys(instance.id(), index, enqueue, send, timer, settings.hold());
    }

    @Bean
    LimitCallers limitCallers(BrokerClock clock, Timer timer) {
        var limits = new LimitCallers(clock);
        timer.every(SWEEP_CALLERS, limits::sweep);
        return limits;
    }

    @Bean
    AdmitJobs admitJobs(
            LimitCallers limits,
            JobIndex index,
            PlaceJobs place,
            ShareLines lines,
            LiveWorkers workers,
            JobsSettings settings) {
        return new AdmitJobs(
                limits, index, place, lines, new PredictWait(), workers, settings.maxQueued());
    }

    @Bean
    KeyedJobs keyedJobs(
            JobIndex index,
            MakeJobs make,
            RegisterClients clients,
            ClaimKeys claims,
            DeliverOutcomes deliver,
            AdmitJobs admission) {
        return new KeyedJobs(index, make, clients, claims, deliver, admission);
    }

    @Bean
    KafkaJobQueue jobQueue(
            EnqueueJobs enqueue,
            Breakers breakers,
            MakeJobs make,
            RegisterClients clients,
            KeyedJobs keyed,
            AdmitJobs admission,
            QueueSettings queues) {
        return new KafkaJobQueue(
                enqueue, breakers, make, clients, keyed, admission, queues.longestDeadline());
    }

    @Bean
    KafkaDeadLetters deadLetters(
            KafkaClients clients,
            Publisher orderPublisher,
            SendJobs send,
            JobIndex index,
            ClaimCheck claims,
            Instance instance,
            JobsSettings settings,
            BrokerClock clock) {
        String topic = clients.topics().dead();
        return new KafkaDeadLetters(
                topic,
                new ReadTail(clients, topic)::read,
                orderPublisher::send,
                send::keep,
                job -> index.find(job) != null,
                claims,
                instance.address(),
                settings.asyncDeadline(),
                clock);
    }

    @Bean
    TrackKafkaJobs trackJobs(
            JobIndex index,
            ReadOutcome outcomes,
            PlaceJobs place,
            RegisterClients clients,
            RevokeJobs revoke,
            LiveWorkers workers) {
        return new TrackKafkaJobs(index, outcomes, place, clients, revoke, workers);
    }

    @Bean
    TrackUsage trackUsage(JobIndex index, UsageTotals totals) {
        return new ListUsage(index, totals);
    }

    private static Publisher publisher(
            KafkaClients clients, Duration deliverWithin, String... topics) {
        Publisher publisher = clients.publisher(Duration.ZERO, deliverWithin);
        for (String topic : topics) {
            publisher.prepare(topic, ORDERS_PATIENCE);
        }
        return publisher;
    }
}

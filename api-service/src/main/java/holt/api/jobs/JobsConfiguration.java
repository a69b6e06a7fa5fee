package holt.api.jobs;

import holt.api.models.LiveWorkers;
import holt.kafka.BeatHeart;
import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.protocol.Heartbeat;
import holt.protocol.JobEvent;
import holt.store.ClaimCheck;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts this instance's side of the queue, in the order in which its parts need one another. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobsSettings.class)
class JobsConfiguration {
    /** Jobs accepted before that are no longer outstanding, or do not matter for placement. */
    private static final Duration EVENTS_THAT_MATTER = Duration.ofHours(1);

    @Bean
    Instance instance() {
        return Instance.draw();
    }

    @Bean
    BeatHeart heartbeat(
            EnsureTopics topics, KafkaClients clients, BrokerClock clock, Instance instance) {
        topics.shared();
        var heart =
                new BeatHeart(
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
    KafkaJobQueue.Broker broker(BrokerClock clock, BeatHeart heart, PublishJobs publish) {
        return new KafkaJobQueue.Broker(clock, heart, publish);
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
            ClaimCheck claims,
            KafkaJobQueue.Broker broker,
            LiveWorkers workers,
            QueueSettings queues,
            MeterRegistry meters) {
        var queue =
                new KafkaJobQueue(
                        instance,
                        waiting,
                        claims,
                        broker,
                        publish ->
                                new PlaceJobs(
                                        instance.id(),
                                        workers,
                                        broker.clock(),
                                        queues.partitions(),
                                        publish));
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
    FollowTopic replies(
            KafkaClients clients,
            Instance instance,
            WaitingClients waiting,
            KafkaJobQueue queue,
            MeterRegistry meters) {
        var replies = new ReadReplies(instance, waiting, queue, meters);
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
    FollowTopic events(KafkaClients clients, KafkaJobQueue.Broker broker, KafkaJobQueue queue) {
        return FollowTopic.messages(
                clients,
                Topics.EVENTS,
                new FollowTopic.From.Since(broker.clock().instant().minus(EVENTS_THAT_MATTER)),
                JobEvent.class,
                (event, _) -> queue.apply(event));
    }
}

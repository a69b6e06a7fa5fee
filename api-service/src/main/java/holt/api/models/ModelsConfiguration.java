package holt.api.models;

import holt.kafka.BrokerClock;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.SendHeartbeats;
import holt.kafka.Topics;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Follows the workers' announcements. The beans need the broker's clock, which comes with this process's own heartbeats. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsSettings.class)
class ModelsConfiguration {
    @Bean
    LiveWorkers liveWorkers(KafkaClients clients, BrokerClock clock) {
        return new LiveWorkers(clock, clients.settings().deadAfter());
    }

    @Bean
    KnownModels knownModels(LiveWorkers workers, BrokerClock clock, ModelsSettings settings) {
        return new KnownModels(workers, clock, settings.unservedGrace());
    }

    @Bean
    FollowTopic heartbeats(KafkaClients clients, LiveWorkers workers, SendHeartbeats heart) {
        return FollowTopic.messages(
                clients,
                Topics.WORKERS,
                new FollowTopic.From.End(),
                Heartbeat.class,
                (heartbeat, record) -> workers.apply(heartbeat, brokerTime(record)));
    }

    @Bean
    FollowTopic settings(KafkaClients clients, KnownModels models, SendHeartbeats heart) {
        return FollowTopic.messages(
                        clients,
                        Topics.SETTINGS,
                        new FollowTopic.From.Beginning(),
                        KnownModel.class,
                        (model, record) -> models.written(model, brokerTime(record)))
                .awaitCaughtUp();
    }

    private static Instant brokerTime(ConsumerRecord<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}

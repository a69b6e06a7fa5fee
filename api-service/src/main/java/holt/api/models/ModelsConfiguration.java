package holt.api.models;

import holt.api.ApiSettings;
import holt.kafka.BrokerClock;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.UnreadableRecordException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Follows the workers' announcements. The beans need the broker's clock, which comes with this process's own heartbeats. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsSettings.class)
class ModelsConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsConfiguration.class);

    @Bean
    LiveWorkers liveWorkers(KafkaClients clients, BrokerClock clock) {
        return new LiveWorkers(clock, clients.settings().deadAfter());
    }

    @Bean
    KnownModels knownModels(
            LiveWorkers workers, BrokerClock clock, ModelsSettings settings, ApiSettings api) {
        return new KnownModels(workers, clock, settings.unservedGrace(), api.modelsByAlias());
    }

    @Bean
    MeasureWorkers measureWorkers(
            LiveWorkers workers, BrokerClock clock, PrometheusRegistry registry) {
        var measure = new MeasureWorkers(workers, clock);
        registry.register(measure);
        return measure;
    }

    @Bean
    FollowTopic heartbeats(
            KafkaClients clients, List<ReadHeartbeats> readers, SendHeartbeats heart) {
        return FollowTopic.messages(
                clients,
                clients.topics().workers(),
                new FollowTopic.From.End(),
                Heartbeat.class,
                (heartbeat, record) ->
                        readers.forEach(reader -> reader.apply(heartbeat, brokerTime(record))));
    }

    @Bean
    FollowTopic settings(KafkaClients clients, KnownModels models, SendHeartbeats heart) {
        return new FollowTopic(
                        clients,
                        clients.topics().settings(),
                        List.of(),
                        new FollowTopic.From.Beginning(),
                        record -> apply(record, models))
                .awaitCaughtUp();
    }

    /** A record without a value says that an operator has removed the model. */
    private static void apply(ConsumerRecord<String, byte[]> record, KnownModels models) {
        if (record.value() == null) {
            models.forget(KnownModel.ofKey(record.key()));
            return;
        }
        try {
            models.written(Codec.decode(record.value(), KnownModel.class), brokerTime(record));
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("key", record.key())
                    .addKeyValue("reason", e.getMessage())
                    .log("a setting is unreadable; this instance skips it");
        }
    }

    private static Instant brokerTime(ConsumerRecord<String, byte[]> record) {
        return Instant.ofEpochMilli(record.timestamp());
    }
}

package holt.api.queue.usage;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import holt.protocol.UnreadableRecordException;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads {@code holt.usage}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageSettings.class)
class UsageConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(UsageConfiguration.class);

    @Bean
    UsageTotals usageTotals() {
        return new UsageTotals();
    }

    /** The heartbeats start once the topics exist. */
    @Bean
    FollowTopic usage(KafkaClients clients, UsageTotals usageTotals, SendHeartbeats heart) {
        return new FollowTopic(
                clients,
                clients.topics().usage(),
                List.of(),
                new FollowTopic.From.Beginning(),
                record -> apply(record, usageTotals));
    }

    private static void apply(ConsumerRecord<String, byte[]> record, UsageTotals totals) {
        try {
            if (record.value() == null) {
                totals.forget(UsageKey.of(record.key()));
            } else {
                totals.written(Codec.decode(record.value(), UsageRow.class));
            }
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("key", record.key())
                    .addKeyValue("reason", e.getMessage())
                    .log("a record of usage is unreadable; this instance skips it");
        }
    }
}

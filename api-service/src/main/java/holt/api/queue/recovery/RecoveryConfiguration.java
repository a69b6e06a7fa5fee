package holt.api.queue.recovery;

import holt.api.Instance;
import holt.api.queue.history.HistorySettings;
import holt.api.queue.history.KeepSnapshots;
import holt.api.queue.history.RocksJobStore;
import holt.api.queue.index.JobIndex;
import holt.api.queue.publish.RevokeJobs;
import holt.api.queue.publish.SettleCrash;
import holt.api.queue.usage.UsageSettings;
import holt.api.queue.usage.UsageTotals;
import holt.api.queue.usage.WriteUsage;
import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.SendHeartbeats;
import holt.kafka.WatchFollowers;
import holt.store.ObjectStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts of the work that one API instance does for all. */
@Configuration(proxyBeanMethods = false)
class RecoveryConfiguration {
    @Bean
    WatchWorkers watchWorkers(Instance instance, KafkaClients clients) {
        return new WatchWorkers(instance.id(), clients.settings().deadAfter());
    }

    @Bean
    ReadQueue readQueue(KafkaClients clients) {
        return new ReadQueue(clients);
    }

    /** Needs the topic of the election, which the heartbeat creates. */
    @Bean
    OwnWork ownWork(
            KafkaClients clients,
            SendHeartbeats heart,
            JobIndex index,
            WatchWorkers workers,
            ReadQueue read,
            SettleCrash crash,
            RevokeJobs revoke,
            WatchFollowers followers,
            RocksJobStore history,
            HistorySettings settings,
            ObjectStore objects,
            UsageTotals totals,
            UsageSettings usage,
            Publisher orderPublisher,
            BrokerClock clock,
            MeterRegistry meters) {
        var restart = new RestartRuns(index, workers, read, crash, clock);
        var expire = new ExpireStrayJobs(index, workers, revoke, clock);
        var snapshots = new KeepSnapshots(history, objects, settings.snapshotEvery(), clock);
        var write =
                new WriteUsage(
                        index::usage,
                        totals,
                        (key, value) ->
                                orderPublisher.send(
                                        new ProducerRecord<>(
                                                orderPublisher.topics().usage(), key, value)),
                        usage.keep(),
                        clock);
        Duration deadAfter = clients.settings().deadAfter();
        var work =
                new OwnWork(
                        clients,
                        () -> !heart.brokerSilentFor(deadAfter) && followers.ready(),
                        owns -> {
                            expire.run(owns);
                            // Reads, which may block.
                            restart.run(owns);
                            write.run(owns);
                            snapshots.run();
                        });
        Gauge.builder("holt_owner", work, each -> each.isOwner() ? 1 : 0)
                .description("1 if this instance does the work that one does for all")
                .register(meters);
        return work;
    }
}

package holt.api.queue;

import holt.api.Instance;
import holt.api.Readiness;
import holt.api.Timer;
import holt.api.queue.history.HistorySettings;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.JobStore;
import holt.api.queue.placement.KeptJobs;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.ReadWaiting;
import holt.api.queue.placement.RunLines;
import holt.api.queue.placement.ShareLines;
import holt.api.queue.placement.Signal;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.publish.SendJobs;
import holt.api.queue.publish.SettleCrash;
import holt.api.queue.publish.SettleUndelivered;
import holt.api.queue.recovery.OwnWork;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.api.queue.waiting.ReadReplies;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.BrokerClock;
import holt.kafka.ConsumeTopic;
import holt.kafka.EndProcess;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.QueueSettings;
import holt.kafka.SendHeartbeats;
import holt.kafka.WatchFollowers;
import holt.protocol.JobEvent;
import holt.protocol.LineMessage;
import holt.store.ClaimCheck;
import holt.store.DeleteOldDays;
import holt.store.KeepPayload;
import holt.store.PictureKeys;
import holt.store.StoreSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts that read the broker's topics, and those that clean up from time to time. */
@Configuration(proxyBeanMethods = false)
class FollowConfiguration {
    /** Events may come this late: what is urgent comes as a reply. */
    private static final Duration EVENTS_PACE = Duration.ofMillis(5);

    private static final Duration SWEEP = Duration.ofHours(1);

    @Bean
    FollowTopic replies(
            KafkaClients clients,
            Instance instance,
            WaitingClients waiting,
            DeliverOutcomes deliver,
            PlaceJobs place,
            MeterRegistry meters) {
        var replies = new ReadReplies(instance, waiting, deliver, place::ended, meters);
        return new FollowTopic(
                clients,
                clients.topics().replies(),
                List.of(instance.address().partition()),
                new FollowTopic.From.End(),
                replies::read);
    }

    @Bean
    FollowTopic events(
            KafkaClients clients,
            JobStore history,
            JobIndex index,
            PlaceJobs place,
            DeliverOutcomes deliver,
            LimitCallers limits,
            AdmitJobs admission) {
        // Their events may be before the history's offsets.
        index.owned().forEach(limits::resume);
        var follow = new FollowEvents(index, place, deliver, admission);
        FollowTopic events =
                FollowTopic.messages(
                        clients,
                        clients.topics().events(),
                        new FollowTopic.From.Offsets(history.offsets()),
                        EVENTS_PACE,
                        JobEvent.class,
                        (event, record) ->
                                follow.apply(
                                        event,
                                        new EventPlace(record.partition(), record.offset()),
                                        Instant.ofEpochMilli(record.timestamp())),
                        follow::polled);
        events.caughtUp().thenRun(index::caughtUp);
        return events;
    }

    /** The instance is ready only once it knows the jobs. Until then it would refuse requests that concern them. */
    @Bean
    ApplicationRunner knowJobs(FollowTopic events) {
        return _ -> events.caughtUp().join();
    }

    @Bean
    WatchFollowers watchFollowers(List<FollowTopic> followers) {
        return WatchFollowers.start(followers, EndProcess::with);
    }

    @Bean
    EventLag eventLag(FollowTopic events, JobIndex index, BrokerClock clock, MeterRegistry meters) {
        var lag = new EventLag(events, index, clock);
        TimeGauge.builder("holt_history_lag", () -> lag.behind().toMillis(), TimeUnit.MILLISECONDS)
                .description("how far this instance is behind the log of events")
                .register(meters);
        Gauge.builder("holt_history_unread_events", lag, EventLag::unread).register(meters);
        return lag;
    }

    @Bean
    Readiness readiness(
            WatchFollowers watch,
            SendHeartbeats heart,
            EventLag lag,
            JobsSettings settings,
            HistorySettings history) {
        return () -> {
            if (heart.brokerSilentFor(settings.hold())) {
                return "the queue's broker does not answer this instance";
            }
            String topic = watch.unreadable();
            if (topic != null) {
                return "this instance cannot read " + topic;
            }
            return lag.behind().compareTo(history.maxLag()) > 0
                    ? "this instance is behind the log of jobs"
                    : null;
        };
    }

    @Bean
    ConsumeTopic undelivered(
            KafkaClients clients,
            PublishJobs publish,
            Publisher orderPublisher,
            SettleCrash crash,
            BrokerClock clock) {
        var retries =
                new PublishRetries(
                        orderPublisher, clock, () -> ThreadLocalRandom.current().nextDouble());
        return new ConsumeTopic(
                clients,
                clients.topics().undelivered(),
                clients.topics().undelivered(),
                clock,
                new SettleUndelivered(publish, retries, crash, clock));
    }

    @Bean
    ReadWaiting readWaiting(
            KafkaClients clients,
            PlaceJobs place,
            JobIndex index,
            SendJobs send,
            BrokerClock clock,
            FollowTopic events) {
        return new ReadWaiting(
                clients,
                new KeptJobs(place, index::hasLeftQueue, clock, send::sendKept),
                events.caughtUp());
    }

    @Bean
    FollowTopic lines(KafkaClients clients, ShareLines lines, Signal lineChanged) {
        return FollowTopic.messages(
                clients,
                clients.topics().line(),
                new FollowTopic.From.End(),
                LineMessage.class,
                (message, record) -> {
                    lines.read(message, record.offset());
                    lineChanged.raise();
                });
    }

    @Bean
    RunLines runLines(ShareLines lines, Signal lineChanged, OwnWork owner) {
        return new RunLines(lines, lineChanged, owner::isOwner);
    }

    @Bean
    SweepStore sweepStore(
            DeleteOldDays forget, StoreSettings store, QueueSettings queues, Timer timer) {
        Duration claims = Collections.max(List.of(queues.retention(), queues.resultRetention()));
        var sweep =
                new SweepStore(
                        forget,
                        Map.of(
                                ClaimCheck.PREFIX,
                                claims,
                                KeepPayload.PREFIX,
                                KeepPayload.LIFE,
                                PictureKeys.PREFIX,
                                store.pictureLife()));
        timer.every(SWEEP, sweep);
        return sweep;
    }
}

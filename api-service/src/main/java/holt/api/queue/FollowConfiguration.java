package holt.api.queue;

import holt.api.Instance;
import holt.api.Readiness;
import holt.api.Timer;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.publish.DrainUndelivered;
import holt.api.queue.publish.ExpireStrayJobs;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.publish.RevokeJobs;
import holt.api.queue.publish.SettleUndelivered;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.api.queue.waiting.ReadReplies;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.BrokerClock;
import holt.kafka.EndProcess;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.kafka.WatchFollowers;
import holt.protocol.JobEvent;
import holt.store.ClaimCheck;
import holt.store.DeleteOldDays;
import holt.store.PictureKeys;
import holt.store.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the parts that read the broker's topics, and those that clean up from time to time. */
@Configuration(proxyBeanMethods = false)
class FollowConfiguration {
    /** {@code Accepted}, {@code Started}, {@code Finished}, and sometimes another attempt. */
    private static final int EVENTS_A_JOB = 4;

    /** Events may come this late: what is urgent comes as a reply. */
    private static final Duration EVENTS_PACE = Duration.ofMillis(5);

    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration LOOK_FOR_STRAYS = Duration.ofSeconds(2);

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
                Topics.REPLIES,
                List.of(instance.address().partition()),
                new FollowTopic.From.End(),
                replies::read);
    }

    @Bean
    FollowTopic events(
            KafkaClients clients,
            BrokerClock clock,
            JobIndex index,
            PlaceJobs place,
            DeliverOutcomes deliver,
            QueueSettings queues,
            JobsSettings settings) {
        var follow = new FollowEvents(index, place, deliver);
        long mostOfEachPartition =
                (long) settings.remember() * EVENTS_A_JOB / Topics.EVENT_PARTITIONS;
        FollowTopic events =
                FollowTopic.messages(
                        clients,
                        Topics.EVENTS,
                        new FollowTopic.From.Since(
                                clock.instant().minus(queues.resultRetention()),
                                mostOfEachPartition),
                        EVENTS_PACE,
                        JobEvent.class,
                        (event, record) ->
                                follow.apply(
                                        event,
                                        new EventPlace(record.partition(), record.offset()),
                                        Instant.ofEpochMilli(record.timestamp())));
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
    Readiness readiness(WatchFollowers watch) {
        return () -> {
            String topic = watch.unreadable();
            return topic == null ? null : "this instance cannot read " + topic;
        };
    }

    @Bean
    DrainUndelivered drainUndelivered(
            KafkaClients clients, PublishJobs publish, BrokerClock clock) {
        return new DrainUndelivered(clients, new SettleUndelivered(publish, clock));
    }

    @Bean
    ExpireStrayJobs expireStrayJobs(
            Instance instance,
            JobIndex index,
            LiveWorkers workers,
            RevokeJobs revoke,
            BrokerClock clock,
            Timer timer) {
        var expire = new ExpireStrayJobs(instance.id(), index, workers, revoke, clock);
        timer.every(LOOK_FOR_STRAYS, expire);
        return expire;
    }

    @Bean
    SweepStore sweepStore(
            DeleteOldDays forget, StoreSettings store, QueueSettings queues, Timer timer) {
        Duration claims = Collections.max(List.of(queues.retention(), queues.resultRetention()));
        var sweep =
                new SweepStore(
                        forget,
                        Map.of(ClaimCheck.PREFIX, claims, PictureKeys.PREFIX, store.pictureLife()));
        timer.every(SWEEP, sweep);
        return sweep;
    }
}

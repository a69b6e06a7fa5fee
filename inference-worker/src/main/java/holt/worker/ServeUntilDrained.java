package holt.worker;

import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.protocol.Command;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.ObjectStore;
import holt.worker.claim.ClaimJobs;
import holt.worker.claim.CountCrashes;
import holt.worker.claim.SuspectJobs;
import holt.worker.report.Announce;
import holt.worker.report.PublishReplies;
import holt.worker.run.ModelRunner;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import holt.worker.settle.RequeueJobs;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's life: topics, commands, models, slots, announcement; and at its end the same backwards. */
public final class ServeUntilDrained implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeUntilDrained.class);

    private final WorkerId worker = WorkerId.random();
    private final WorkerSettings settings;
    private final List<ModelRunner> runners;
    private final PublishReplies publish;
    private final Announce announce;
    private final FollowTopic commands;
    private final RunJob run;
    private final RequeueJobs requeue;
    private final WatchEngines watchdog;
    private final List<ClaimJobs> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** The way to the broker. */
    public record Broker(
            KafkaClients clients, QueueSettings queues, EnsureTopics topics, BrokerClock clock) {}

    /**
     * Returns once jobs are claimed.
     *
     * @param runners closed at the end
     * @throws holt.kafka.BrokerUnfitException if the broker is away, too old, or refuses
     */
    public ServeUntilDrained(
            WorkerSettings settings,
            List<ModelRunner> runners,
            Broker broker,
            ObjectStore objects) {
        this.settings = settings;
        this.runners = List.copyOf(runners);
        broker.topics.shared();
        broker.topics.checkGroupLimits(slotsByQueue(this.runners));
        announce = new Announce(worker, broker.clients, broker.clock);
        publish = new PublishReplies(worker, broker.clients);
        var revocations = new Revocations();
        commands =
                FollowTopic.messages(
                                broker.clients,
                                Topics.COMMANDS,
                                new FollowTopic.From.Beginning(),
                                Command.class,
                                (command, record) ->
                                        revocations.apply(
                                                command, Instant.ofEpochMilli(record.timestamp())))
                        .awaitCaughtUp();
        var claims = new ClaimCheck(objects, broker.clock);
        run = new RunJob(revocations, claims, broker.clock);
        var settle = new SettleJob(worker, publish, broker.clock, settings.attempts());
        var store = new StoreOutcome(objects, claims, broker.clock);
        watchdog =
                new WatchEngines(this.runners, settings.stuckAfter(), Runtime.getRuntime()::halt);
        requeue = new RequeueJobs(broker.clients, publish, broker.clock);
        var desk =
                new ClaimJobs.Desk(
                        new CountCrashes(broker.clients),
                        new SuspectJobs(),
                        run,
                        store,
                        settle,
                        publish,
                        announce::brokerAnswers);
        announce.serving(this.runners.stream().map(runner -> serve(runner, desk, broker)).toList());
        LOG.atInfo()
                .addKeyValue("workerId", worker.value())
                .addKeyValue("slots", slots.size())
                .log("worker serves");
    }

    /** What this worker serves. */
    public List<ModelName> models() {
        return runners.stream().map(runner -> runner.model().name()).toList();
    }

    /** Unannounces, lets running jobs end within the grace time, and hands back the rest. */
    @Override
    public void close() {
        announce.draining();
        slots.forEach(ClaimJobs::drain);
        Instant handBack = Instant.now().plus(settings.grace());
        for (Thread thread : threads) {
            join(thread, Duration.between(Instant.now(), handBack));
        }
        for (int i = 0; i < slots.size(); i++) {
            while (threads.get(i).isAlive()) {
                slots.get(i).handBack();
                join(threads.get(i), Duration.ofMillis(200));
            }
        }
        watchdog.close();
        requeue.close();
        commands.close();
        run.close();
        publish.close();
        announce.close();
        runners.forEach(ModelRunner::close);
        LOG.atInfo().addKeyValue("workerId", worker.value()).log("worker drained");
    }

    private static Map<String, Integer> slotsByQueue(List<ModelRunner> runners) {
        return runners.stream()
                .flatMap(runner ->
                        Stream.of(Lane.values())
                                .map(lane ->
                                        Map.entry(
                                                Topics.queue(runner.model().name(), lane),
                                                lane.slots(runner.slots()))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
    }

    private Announce.Slots serve(ModelRunner runner, ClaimJobs.Desk desk, Broker broker) {
        broker.topics.queuesOf(runner.model().name(), lane -> lane.slots(runner.slots()));
        List<ClaimJobs> own =
                Stream.of(Lane.values())
                        .flatMap(lane ->
                                IntStream.range(0, lane.slots(runner.slots()))
                                        .mapToObj(_ ->
                                                new ClaimJobs(
                                                        runner,
                                                        lane,
                                                        desk,
                                                        broker.clients,
                                                        broker.queues)))
                        .toList();
        slots.addAll(own);
        own.forEach(slot -> threads.add(Thread.ofPlatform().daemon().name("slot").start(slot)));
        return new Announce.Slots(runner, own);
    }

    private static void join(Thread thread, Duration atMost) {
        try {
            if (atMost.isPositive()) {
                var _ = thread.join(atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package holt.worker;

import holt.kafka.BrokerClock;
import holt.kafka.EndProcess;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.kafka.WatchFollowers;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.ObjectStore;
import holt.worker.claim.CountCrashes;
import holt.worker.claim.EventLog;
import holt.worker.claim.HandleRecord;
import holt.worker.claim.RunSlots;
import holt.worker.claim.ServeJob;
import holt.worker.claim.SuspectJobs;
import holt.worker.models.ModelRunner;
import holt.worker.report.Announce;
import holt.worker.report.PublishEvents;
import holt.worker.report.PublishReplies;
import holt.worker.run.FollowCommands;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import holt.worker.run.WatchEngines;
import holt.worker.settle.PublishDeadLetters;
import holt.worker.settle.PublishRetries;
import holt.worker.settle.RequeueJobs;
import holt.worker.settle.SetAside;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's life: topics, first heartbeat, commands, slots, announcement. Closing it drains it. */
public final class ServeUntilDrained implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeUntilDrained.class);

    /** Token streams come in small batches. A record waits this long for the next one. */
    private static final Duration LINGER = Duration.ofMillis(2);

    /** The longest broker outage that an outcome survives. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final WorkerId worker = WorkerId.random();
    private final WorkerSettings settings;
    private final List<ModelRunner> runners;
    private final Announce announce;
    private final Publisher batched;
    private final Publisher prompt;
    private final FollowCommands commands;
    private final WatchFollowers followers;
    private final RunJob run;
    private final WatchEngines watchdog;
    private final RequeueJobs requeue;
    private final RunSlots slots;

    /**
     * Returns once jobs are claimed.
     *
     * @param runners closed at the end
     * @param clock set by the first heartbeat
     * @throws holt.kafka.BrokerUnfitException if the broker is away, too old, or refuses
     */
    public ServeUntilDrained(
            WorkerSettings settings,
            List<ModelRunner> runners,
            KafkaClients clients,
            QueueSettings queues,
            BrokerClock clock,
            ObjectStore objects) {
        this.settings = settings;
        this.runners = List.copyOf(runners);
        var topics = new EnsureTopics(clients, queues);
        topics.shared();
        topics.checkGroupLimits(slotsByQueue(this.runners));
        announce = new Announce(worker, clients, clock);
        batched = clients.publisher(LINGER, PATIENCE);
        prompt = clients.publisher(Duration.ZERO, PATIENCE);
        prepare();

        var revocations = new Revocations();
        commands =
                new FollowCommands(clients, command -> revocations.apply(command, clock.instant()));
        followers = WatchFollowers.start(List.of(commands.follower()), EndProcess::with);
        var claims = new ClaimCheck(objects, clock);
        run = new RunJob(revocations, claims, clock);
        watchdog =
                new WatchEngines(this.runners, settings.stuckAfter(), Runtime.getRuntime()::halt);
        watchdog.start();
        requeue = new RequeueJobs(clients, prompt, clock);

        var events = new PublishEvents(prompt);
        var retries =
                new PublishRetries(prompt, clock, () -> ThreadLocalRandom.current().nextDouble());
        var deadLetters = new PublishDeadLetters(worker, prompt, clock);
        var serve =
                new ServeJob(
                        run,
                        new StoreOutcome(objects, claims, clock),
                        new SettleJob(
                                worker, events, retries, deadLetters, clock, settings.attempts()),
                        new PublishReplies(worker, events, batched, prompt));
        var handle =
                new HandleRecord(
                        new SetAside(retries, deadLetters, prompt),
                        new CountCrashes(EventLog.of(clients)),
                        new SuspectJobs(),
                        serve,
                        clock);
        slots =
                new RunSlots(
                        clients::shareConsumer,
                        queues.lock(),
                        handle,
                        () -> announce.brokerAnswers() && followers.ready());
        for (ModelRunner runner : this.runners) {
            topics.queuesOf(runner.model().name(), lane -> lane.slots(runner.slots()));
            slots.start(runner);
        }
        announce.serve(slots::serving, followers::ready);
        LOG.atInfo()
                .addKeyValue("workerId", worker.value())
                .addKeyValue("slots", slots.size())
                .log("worker serves");
    }

    /** The names of the served models. */
    public List<ModelName> models() {
        return runners.stream().map(runner -> runner.model().name()).toList();
    }

    /** Announces the drain, lets running jobs end within the grace time, and hands back the others. */
    @Override
    public void close() {
        announce.drain();
        slots.drain(settings.grace());
        watchdog.close();
        requeue.close();
        followers.close();
        commands.close();
        run.close();
        batched.close();
        prompt.close();
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

    private void prepare() {
        batched.prepare(Topics.REPLIES, PATIENCE);
        Stream.concat(
                        Stream.of(Topics.REPLIES, Topics.EVENTS, Topics.DEAD),
                        Stream.of(Topics.Retry.values()).map(Topics.Retry::topic))
                .forEach(topic -> prompt.prepare(topic, PATIENCE));
    }
}

package holt.worker;

import holt.kafka.BrokerClock;
import holt.kafka.EndProcess;
import holt.kafka.EnsureTopics;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.MeasureFollowers;
import holt.kafka.PublishRetries;
import holt.kafka.Publisher;
import holt.kafka.QueueSettings;
import holt.kafka.Topics;
import holt.kafka.WatchFollowers;
import holt.protocol.JobEvent;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.KeepPayload;
import holt.store.ObjectStore;
import holt.store.PictureKeys;
import holt.worker.claim.EventLog;
import holt.worker.claim.HandleRecord;
import holt.worker.claim.RunOwners;
import holt.worker.claim.ServeJob;
import holt.worker.claim.ServeModels;
import holt.worker.claim.SuspectJobs;
import holt.worker.metrics.JobMetrics;
import holt.worker.metrics.MeasureSlots;
import holt.worker.models.ModelRunner;
import holt.worker.models.PictureFiles;
import holt.worker.remote.EngineApi;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.OpenAi;
import holt.worker.remote.RemoteEngine;
import holt.worker.remote.comfyui.ComfyUi;
import holt.worker.remote.ollama.Ollama;
import holt.worker.remote.sdapi.SdApi;
import holt.worker.report.Announce;
import holt.worker.report.PublishEvents;
import holt.worker.report.PublishReplies;
import holt.worker.run.DrainOrders;
import holt.worker.run.FollowCommands;
import holt.worker.run.Revocations;
import holt.worker.run.RunJob;
import holt.worker.run.WatchEngines;
import holt.worker.settle.PublishDeadLetters;
import holt.worker.settle.RequeueJobs;
import holt.worker.settle.SetAside;
import holt.worker.settle.SettleJob;
import holt.worker.settle.StoreOutcome;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker's life: topics, first heartbeat, commands, events, claims, announcement. Closing it drains it. */
public final class ServeUntilDrained implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServeUntilDrained.class);

    /** Token streams come in small batches. A record waits this long for the next one. */
    private static final Duration LINGER = Duration.ofMillis(2);

    /** The longest broker outage that an outcome survives. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Events of this time are read back at the start, so that a record that comes again is known. */
    private static final Duration REMEMBERED = Duration.ofMinutes(2);

    private static final int REMEMBERED_JOBS = 100_000;

    private final WorkerId worker = WorkerId.random();
    private final WorkerSettings settings;
    private final List<ModelRunner> runners;
    private final List<RemoteEngine> engines;
    private final EnsureTopics ensure;
    private final Topics topics;
    private final Announce announce;
    private final Publisher batched;
    private final Publisher prompt;
    private final FollowCommands commands;
    private final WatchFollowers followers;
    private final FollowTopic events;
    private final RunJob run;
    private final WatchEngines watchdog;
    private final RequeueJobs requeue;
    private final ServeModels serving;
    private final DrainOrders orders = new DrainOrders(worker);
    private final JobMetrics metrics;
    private volatile boolean closing;

    /** A worker of loaded models alone. */
    public ServeUntilDrained(
            WorkerSettings settings,
            List<ModelRunner> runners,
            KafkaClients clients,
            QueueSettings queues,
            BrokerClock clock,
            ObjectStore objects) {
        this(settings, runners, List.of(), clients, queues, clock, objects);
    }

    /**
     * Returns once jobs are claimed.
     *
     * @param runners closed at the end
     * @param engines whose models are served as soon as they are found
     * @param clock set by the first heartbeat
     * @throws holt.kafka.BrokerUnfitException if the broker is away, too old, or refuses
     */
    public ServeUntilDrained(
            WorkerSettings settings,
            List<ModelRunner> runners,
            List<EngineSettings> engines,
            KafkaClients clients,
            QueueSettings queues,
            BrokerClock clock,
            ObjectStore objects) {
        this.settings = settings;
        this.runners = new CopyOnWriteArrayList<>(runners);
        topics = clients.topics();
        ensure = new EnsureTopics(clients, queues);
        ensure.shared();
        ensure.checkGroupLimits(membersByQueue(topics, this.runners));
        announce = new Announce(worker, clients, clock);
        batched = clients.publisher(LINGER, PATIENCE);
        prompt = clients.publisher(Duration.ZERO, PATIENCE);
        prepare(topics);

        var revocations = new Revocations();
        commands =
                new FollowCommands(
                        clients,
                        command -> {
                            revocations.apply(command, clock.instant());
                            orders.apply(command);
                        });
        var claims = new ClaimCheck(objects, clock);
        run = new RunJob(revocations, claims, clock);
        watchdog =
                new WatchEngines(this.runners, settings.stuckAfter(), Runtime.getRuntime()::halt);
        watchdog.start();

        Instant since = clock.instant().minus(REMEMBERED);
        var owners = new RunOwners(REMEMBERED_JOBS, since);
        events = followEvents(clients, since, owners);
        followers = WatchFollowers.start(List.of(commands.follower(), events), EndProcess::with);
        var publish = new PublishEvents(prompt);
        var retries =
                new PublishRetries(prompt, clock, () -> ThreadLocalRandom.current().nextDouble());
        var deadLetters = new PublishDeadLetters(worker, prompt, new KeepPayload(claims), clock);
        var settle =
                new SettleJob(worker, publish, retries, deadLetters, clock, settings.attempts());
        requeue = new RequeueJobs(clients, retries, settle, deadLetters, clock);
        var setAside = new SetAside(worker, publish, retries, deadLetters, prompt, clock);
        metrics = new JobMetrics(clock);
        var serve =
                new ServeJob(
                        owners,
                        EventLog.of(clients),
                        run,
                        new StoreOutcome(objects, claims, clock),
                        settle,
                        setAside,
                        new PublishReplies(worker, batched, prompt),
                        metrics);
        var handle =
                new HandleRecord(
                        worker, setAside, publish, owners, new SuspectJobs(), serve, clock);
        serving =
                new ServeModels(
                        topics,
                        clients::shareConsumer,
                        handle,
                        () -> announce.brokerAnswers() && followers.ready() && !orders.isDrained());
        this.runners.forEach(this::prepareQueue);
        // All queues exist before the first claim: heartbeats must name the claims soon.
        this.runners.forEach(serving::start);
        var files = new PictureFiles(claims, new PictureKeys(clock));
        this.engines =
                engines.stream()
                        .map(engine -> new RemoteEngine(engine, speak(engine, files), this::serve))
                        .toList();
        this.engines.forEach(RemoteEngine::start);
        announce.serve(
                serving::serving,
                () -> this.engines.stream().map(RemoteEngine::health).toList(),
                () -> followers.ready() && !orders.isDrained());
        LOG.atInfo()
                .addKeyValue("workerId", worker.value())
                .addKeyValue("slots", serving.slots())
                .log("worker serves");
    }

    private static EngineApi speak(EngineSettings engine, PictureFiles files) {
        return switch (engine.kind()) {
            case OPENAI -> new OpenAi(engine, files);
            case OLLAMA -> new Ollama(engine, files);
            case SDAPI -> new SdApi(engine, files);
            case COMFYUI -> new ComfyUi(engine, files);
        };
    }

    private void prepareQueue(ModelRunner runner) {
        ensure.queueOf(runner.model().name());
        prompt.prepare(topics.queue(runner.model().name()), PATIENCE);
    }

    /** Serves a model that an engine lists for the first time. */
    private void serve(ModelRunner found) {
        if (models().contains(found.model().name())) {
            throw new IllegalStateException(
                    "this worker has a model of that name already; holt.worker.engines.names can rename one");
        }
        prepareQueue(found);
        runners.add(found);
        serving.start(found);
    }

    /** The names of the served models. */
    public List<ModelName> models() {
        return runners.stream().map(runner -> runner.model().name()).toList();
    }

    /** What this worker measures of its jobs. */
    public List<Collector> counters() {
        return metrics.all();
    }

    /** How this worker fares, computed when somebody asks. */
    public List<MultiCollector> gauges() {
        return List.of(
                new MeasureSlots(serving::serving),
                new MeasureFollowers(List.of(commands.follower(), events)));
    }

    /** Why this worker claims no jobs; null if it does. */
    public @Nullable String unreadyBecause() {
        if (closing) {
            return "this worker drains and ends";
        }
        if (orders.isDrained()) {
            return "an operator has drained this worker";
        }
        if (!announce.brokerAnswers()) {
            return "the broker does not answer this worker";
        }
        String topic = followers.unreadable();
        return topic == null ? null : "this worker cannot read " + topic;
    }

    /** Announces the drain, lets running jobs end within the grace time, and hands back the others. */
    @Override
    public void close() {
        closing = true;
        announce.drain();
        engines.forEach(RemoteEngine::drain);
        serving.drain(settings.grace());
        watchdog.close();
        requeue.close();
        followers.close();
        commands.close();
        events.close();
        run.close();
        batched.close();
        prompt.close();
        announce.close();
        runners.forEach(ModelRunner::close);
        engines.forEach(RemoteEngine::close);
        LOG.atInfo().addKeyValue("workerId", worker.value()).log("worker drained");
    }

    private static Map<String, Integer> membersByQueue(Topics topics, List<ModelRunner> runners) {
        return runners.stream()
                .collect(
                        Collectors.toMap(
                                runner -> topics.queue(runner.model().name()),
                                ServeModels::consumers,
                                Integer::sum));
    }

    private void prepare(Topics topics) {
        batched.prepare(topics.replies(), PATIENCE);
        Stream.concat(
                        Stream.of(topics.replies(), topics.events(), topics.dead()),
                        Stream.of(Topics.Retry.values()).map(topics::retry))
                .forEach(topic -> prompt.prepare(topic, PATIENCE));
    }

    private static FollowTopic followEvents(KafkaClients clients, Instant since, RunOwners owners) {
        return FollowTopic.messages(
                        clients,
                        clients.topics().events(),
                        new FollowTopic.From.Since(since, Long.MAX_VALUE),
                        JobEvent.class,
                        (event, record) ->
                                owners.apply(
                                        event,
                                        record.partition(),
                                        record.offset(),
                                        Instant.ofEpochMilli(record.timestamp())))
                .awaitCaughtUp();
    }
}

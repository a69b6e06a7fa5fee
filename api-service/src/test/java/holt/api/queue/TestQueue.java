package holt.api.queue;

import static holt.kafka.TestTopics.TOPICS;

import holt.api.Instance;
import holt.api.controls.PausedModels;
import holt.api.edge.ManualTimer;
import holt.api.keys.Caller;
import holt.api.models.LiveWorkers;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.MemoryJobStore;
import holt.api.queue.index.ReadOutcome;
import holt.api.queue.index.RequestKey;
import holt.api.queue.index.Retention;
import holt.api.queue.placement.FindQueues;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.placement.ShareLines;
import holt.api.queue.publish.Breakers;
import holt.api.queue.publish.FakeBroker;
import holt.api.queue.publish.HoldRecords;
import holt.api.queue.publish.PublishJobs;
import holt.api.queue.publish.RevokeJobs;
import holt.api.queue.publish.SendJobs;
import holt.api.queue.recovery.ExpireStrayJobs;
import holt.api.queue.recovery.WatchWorkers;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.api.queue.waiting.ReadReplies;
import holt.api.queue.waiting.WaitingClients;
import holt.kafka.ReplyHeaders;
import holt.protocol.ChatMessage;
import holt.protocol.ClaimId;
import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.ReplyAddress;
import holt.protocol.Task;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One API instance's queue as {@link QueueConfiguration} joins it, on a fake broker and a clock that stands still. */
final class TestQueue {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration CONFIRM_WITHIN = Duration.ofMillis(1500);
    static final Duration HOLD = Duration.ofSeconds(15);
    static final Duration TIMEOUT = Duration.ofSeconds(170);
    static final KnownModel MODEL =
            new KnownModel(new ModelName("m"), KnownModel.Kind.CHAT, "", START, 2048, 16);
    static final Outcome DONE =
            new Outcome.ChatCompleted("yo", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    final AdmitJobs admission;
    private static final long MOST_BYTES = 1_000_000;
    static final int MOST_QUEUED = 1_000;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(6);

    final Instance instance;
    final FakeBroker broker;
    final ManualTimer timer;
    final Breakers breakers;
    final InMemoryObjectStore store = new InMemoryObjectStore();
    final LiveWorkers workers;
    final WaitingClients waiting = new WaitingClients(100);
    final PausedModels paused = new PausedModels();
    final JobIndex index;
    final RevokeJobs revoke;
    final PlaceJobs place;
    final RegisterClients clients;
    final KafkaJobQueue queue;
    final TrackKafkaJobs track;
    final ExpireStrayJobs expire;
    private final WatchWorkers heartbeats;
    private final ReadReplies replies;

    TestQueue() {
        this("one", new FakeBroker(), new ManualTimer(START));
    }

    TestQueue(String name, FakeBroker broker, ManualTimer timer) {
        this.broker = broker;
        this.timer = timer;
        instance = new Instance(new InstanceId(name), new ReplyAddress(0, name));
        workers = new LiveWorkers(timer, DEAD_AFTER);
        breakers = new Breakers(TOPICS, timer, CONFIRM_WITHIN);
        var hold = new HoldRecords(broker::send, breakers, timer, timer, HOLD, 1_000_000);
        var publish = new PublishJobs(instance, TOPICS, hold, broker::send);
        var claims = new ClaimCheck(store, timer);
        index = new JobIndex(timer, workers, new Retention(DAY, DAY), DAY, new MemoryJobStore());
        index.caughtUp();
        var outcomes = new ReadOutcome(broker::read, claims);
        var deliver = new DeliverOutcomes(waiting, outcomes, timer);
        revoke = new RevokeJobs(publish, timer, timer);
        var send = new SendJobs(TOPICS, publish, waiting, revoke);
        var find = new FindQueues(_ -> {}, breakers, Runnable::run);
        place =
                new PlaceJobs(
                        workers,
                        timer,
                        find,
                        breakers,
                        HOLD,
                        () -> MOST_BYTES,
                        0.05,
                        paused::contains,
                        () -> {});
        var enqueue = new EnqueueJobs(place, send);
        var make = new MakeJobs(instance.address(), timer, claims);
        clients = new RegisterClients(waiting, place, revoke, paused, timer, timer);
        var keys = new ClaimKeys(instance.id(), index, enqueue, send, timer, HOLD);
        admission =
                new AdmitJobs(
                        new LimitCallers(timer),
                        index,
                        place,
                        new ShareLines(
                                instance.id(),
                                workers,
                                place,
                                timer,
                                0.05,
                                _ -> CompletableFuture.completedFuture(null)),
                        new PredictWait(),
                        workers,
                        MOST_QUEUED);
        var keyed = new KeyedJobs(index, make, clients, keys, deliver, admission);
        queue = new KafkaJobQueue(enqueue, breakers, make, clients, keyed, admission, DAY);
        track = new TrackKafkaJobs(index, outcomes, place, clients, revoke, workers);
        heartbeats = new WatchWorkers(instance.id(), DEAD_AFTER);
        expire = new ExpireStrayJobs(index, heartbeats, revoke, timer);
        replies =
                new ReadReplies(
                        instance, waiting, deliver, place::ended, new SimpleMeterRegistry());
        var follow = new FollowEvents(index, place, deliver, admission);
        broker.follow((event, where) -> follow.apply(event, where, timer.instant()));
        apiIsAlive(instance.id());
    }

    /** Another instance on the same broker. Each knows that the other lives. */
    TestQueue another(String name) {
        var other = new TestQueue(name, broker, timer);
        other.apiIsAlive(instance.id());
        apiIsAlive(other.instance.id());
        return other;
    }

    void apiIsAlive(InstanceId id) {
        beat(new Heartbeat.OfApi(id));
    }

    void apiIsGone(InstanceId id) {
        beat(new Heartbeat.ApiGone(id));
    }

    /** Time passes, and this instance reads its own heartbeats meanwhile. */
    void live(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            timer.advance(Duration.ofSeconds(1));
            apiIsAlive(instance.id());
        }
    }

    private void beat(Heartbeat heartbeat) {
        workers.apply(heartbeat, timer.instant());
        heartbeats.apply(heartbeat, timer.instant());
    }

    /** One live worker with that many slots. */
    void slots(int slots) {
        workers.apply(
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(new Heartbeat.Serving(MODEL, slots))),
                timer.instant());
    }

    /** A worker starts the job. */
    void start(JobId job) {
        event(
                new JobEvent.Started(
                        job,
                        MODEL.name(),
                        Lane.NORMAL,
                        new ClaimId("c"),
                        new WorkerId("w"),
                        1,
                        0,
                        0));
    }

    /** A worker ends the job by its event alone. */
    void finish(JobId job, Outcome outcome) {
        event(new JobEvent.Finished(job, MODEL.name(), Lane.NORMAL, new ClaimId("c"), outcome));
    }

    /** A worker's replies, and the event of an outcome among them. */
    void reply(JobId job, Reply... all) {
        for (Reply reply : all) {
            var record =
                    new ConsumerRecord<String, byte[]>(
                            TOPICS.replies(), 0, 0, null, Codec.encode(reply));
            new ReplyHeaders(job, new ClaimId("c"), instance.address().epoch(), 1, 0)
                    .writeTo(record.headers());
            replies.read(record);
            if (reply instanceof Outcome outcome) {
                finish(job, outcome);
            }
        }
    }

    private void event(JobEvent event) {
        var _ =
                broker.send(
                        new ProducerRecord<>(
                                TOPICS.events(), event.job().value(), Codec.encode(event)));
    }

    static NewJob chat(String text) {
        return NewJobs.of(MODEL, Lane.NORMAL, task(text, false), TIMEOUT);
    }

    static NewJob keyed(String key, String text) {
        return NewJobs.of(
                MODEL,
                Lane.NORMAL,
                task(text, false),
                TIMEOUT,
                new RequestKey(key),
                Caller.ANYBODY,
                false);
    }

    static NewJob async(String text, @Nullable RequestKey key) {
        return NewJobs.of(
                MODEL,
                Lane.BATCH,
                task(text, false),
                Duration.ofHours(1),
                key,
                Caller.ANYBODY,
                true);
    }

    static Task task(String text, boolean stream) {
        return new Task.Chat(
                List.of(new ChatMessage("user", text)),
                new Task.Sampling(1, 1, null),
                null,
                List.of(),
                stream);
    }
}

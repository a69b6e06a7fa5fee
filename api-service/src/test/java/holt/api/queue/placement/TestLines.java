package holt.api.queue.placement;

import static holt.api.queue.placement.TestPlacement.MODEL;
import static holt.api.queue.placement.TestPlacement.START;
import static holt.kafka.TestTopics.TOPICS;

import holt.api.edge.ManualTimer;
import holt.api.models.LiveWorkers;
import holt.api.queue.publish.Breakers;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.LineMessage;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several API instances with a line each, one queue in Kafka, and slots that run its jobs, in simulated time. A message of {@code holt.line}
 * takes 3 ms, and each instance has a round each 5 ms.
 */
final class TestLines {
    private static final Duration MESSAGE = Duration.ofMillis(3);
    private static final int ROUND_MS = 5;
    private static final Duration DEAD_AFTER = Duration.ofSeconds(3);

    final ManualTimer timer = new ManualTimer(START);
    final List<Instance> instances = new ArrayList<>();
    private final int slots;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final List<Running> running = new ArrayList<>();
    private final List<Message> log = new ArrayList<>();
    private final Map<JobId, Runs> jobs = new HashMap<>();
    private int drawn;
    private long slotMillis;

    /** The instance that the election has chosen. */
    @Nullable Instance owner;

    /** How many messages the instances have written. */
    int messages;

    private record Waiting(Job job, Instance from) {}

    private record Running(Waiting job, Instant end) {}

    private record Message(LineMessage message, Instant at) {}

    /** How long a job runs, and who wants to know of its end. */
    private record Runs(Duration time, Consumer<Instant> ended) {}

    final class Instance {
        final InstanceId id;
        final LiveWorkers workers = new LiveWorkers(timer, DEAD_AFTER);
        final PlaceJobs place;
        private final ShareLines lines;
        private boolean alive = true;
        private int read;

        private Instance(int number) {
            id = new InstanceId("i" + number);
            var breakers = new Breakers(TOPICS, timer, TestPlacement.CONFIRM_WITHIN);
            place =
                    new PlaceJobs(
                            workers,
                            timer,
                            new FindQueues(_ -> {}, breakers, Runnable::run),
                            breakers,
                            TestPlacement.HOLD,
                            () -> Long.MAX_VALUE,
                            TestPlacement.LEAST_SHARE,
                            _ -> false,
                            () -> {});
            lines =
                    new ShareLines(
                            id,
                            workers,
                            place,
                            timer,
                            TestPlacement.LEAST_SHARE,
                            TestLines.this::send);
        }

        /**
         * A job comes.
         *
         * @param work its estimate
         * @param ended gets the time of its end
         */
        void add(String caller, long work, Duration runs, Consumer<Instant> ended) {
            var id = new JobId("j" + drawn++);
            jobs.put(id, new Runs(runs, ended));
            var _ =
                    place.add(
                            TestPlacement.job(
                                    id.value(), Lane.NORMAL, new Job.Origin(caller, 1, work)),
                            job -> {
                                queue.add(new Waiting(job, this));
                                return CompletableFuture.completedFuture(null);
                            });
        }

        /** The process dies. Its waiting jobs die with it. */
        void kill() {
            alive = false;
        }
    }

    TestLines(int instances, int slots) {
        this.slots = slots;
        for (int i = 0; i < instances; i++) {
            this.instances.add(new Instance(i));
        }
        owner = this.instances.getFirst();
        beat();
    }

    void pass(Duration time) {
        Instant end = timer.instant().plus(time);
        while (timer.instant().isBefore(end)) {
            step();
        }
    }

    /** The share of the slots' time that jobs have used since the start. */
    double utilization() {
        return slotMillis / (double) (slots * Duration.between(START, timer.instant()).toMillis());
    }

    /** How many of the instance's jobs run. */
    int running(Instance instance) {
        return (int) running.stream().filter(it -> it.job.from == instance).count();
    }

    private void step() {
        timer.advance(Duration.ofMillis(1));
        long millis = Duration.between(START, timer.instant()).toMillis();
        if (millis % 1000 == 0) {
            beat();
            instances.stream().filter(it -> it.alive).forEach(it -> it.place.look(false));
        }
        finish();
        startJobs();
        instances.stream().filter(it -> it.alive).forEach(this::read);
        if (millis % ROUND_MS == 0) {
            instances.stream().filter(it -> it.alive).forEach(it -> it.lines.round(it == owner));
        }
        startJobs();
        slotMillis += running.size();
    }

    private void finish() {
        List<Running> ended =
                running.stream().filter(it -> !it.end.isAfter(timer.instant())).toList();
        running.removeAll(ended);
        for (Running it : ended) {
            jobs.get(it.job.job.id()).ended.accept(timer.instant());
            if (it.job.from.alive) {
                it.job.from.place.ended(it.job.job.id(), outcome(jobs.get(it.job.job.id()).time));
            }
        }
    }

    /** A token each ten milliseconds. */
    private static Outcome outcome(Duration time) {
        return new Outcome.ChatCompleted(
                "", Outcome.FinishReason.STOP, new Outcome.Usage(0, (int) time.toMillis() / 10));
    }

    private void startJobs() {
        while (running.size() < slots && !queue.isEmpty()) {
            Waiting next = queue.removeFirst();
            running.add(new Running(next, timer.instant().plus(jobs.get(next.job.id()).time)));
        }
    }

    private void read(Instance instance) {
        while (instance.read < log.size()
                && !log.get(instance.read).at.plus(MESSAGE).isAfter(timer.instant())) {
            instance.lines.read(log.get(instance.read).message, instance.read);
            instance.read++;
        }
    }

    private CompletableFuture<?> send(LineMessage message) {
        messages++;
        log.add(new Message(message, timer.instant()));
        return CompletableFuture.completedFuture(null);
    }

    private void beat() {
        var worker =
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(
                                new Heartbeat.Serving(
                                        new KnownModel(
                                                MODEL, KnownModel.Kind.CHAT, "", START, 10, 10),
                                        slots)));
        for (Instance reader : instances) {
            reader.workers.apply(worker, timer.instant());
            instances.stream()
                    .filter(it -> it.alive)
                    .forEach(it ->
                            reader.workers.apply(new Heartbeat.OfApi(it.id), timer.instant()));
        }
    }
}

package holt.api.queue.dead;

import holt.api.RequestRejectedException;
import holt.api.queue.publish.SendRecord;
import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Failure;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.Sha256;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.UnreadableRecordException;
import holt.store.ClaimCheck;
import holt.store.ObjectNotFoundException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dead letters of {@code holt.dead}. It reads the topic when somebody asks. */
public final class KafkaDeadLetters implements DeadLetters {
    /** The newest records that count. Older letters stay in the topic for fourteen days, and nobody sees them here. */
    static final int MOST = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(KafkaDeadLetters.class);

    private final String topic;
    private final ReadRecords records;
    private final SendRecord write;
    private final Function<Job, CompletableFuture<?>> enqueue;
    private final Predicate<JobId> isKnown;
    private final ClaimCheck claims;
    private final ReplyAddress nobody;
    private final Duration atLeast;
    private final InstantSource clock;

    /** Gives out the newest records of the topic, oldest first: those before an offset, and at most so many. */
    @FunctionalInterface
    public interface ReadRecords {
        /** @throws KafkaException if the broker does not give them */
        void read(long before, int most, Consumer<ConsumerRecord<String, byte[]>> reader);
    }

    /**
     * @param enqueue lets a job that nobody waits for wait for its turn
     * @param isKnown whether the log has the job
     * @param nobody takes replies that no client waits for
     * @param atLeast how long a replayed job has
     * @param clock the broker's
     */
    public KafkaDeadLetters(
            String topic,
            ReadRecords records,
            SendRecord write,
            Function<Job, CompletableFuture<?>> enqueue,
            Predicate<JobId> isKnown,
            ClaimCheck claims,
            ReplyAddress nobody,
            Duration atLeast,
            InstantSource clock) {
        this.topic = topic;
        this.records = records;
        this.write = write;
        this.enqueue = enqueue;
        this.isKnown = isKnown;
        this.claims = claims;
        this.nobody = nobody;
        this.atLeast = atLeast;
        this.clock = clock;
    }

    @Override
    public List<DeadHead> open(DeadFilter filter) {
        var letters = new FoldLetters();
        read(Long.MAX_VALUE, MOST, letters::add);
        return letters.open(filter);
    }

    @Override
    public @Nullable DeadLetter read(long number) {
        var found = new HashMap<Long, DeadLetter>();
        read(number + 1, 1, record -> decode(record, found));
        return found.get(number);
    }

    @Override
    public @Nullable Task request(DeadLetter letter) {
        Job job = letter.job();
        return job == null
                ? null
                : switch (job.payload()) {
                    case Payload.Inline(Task task) -> task;
                    case Payload.Stored(StoredObject object) -> stored(object);
                };
    }

    @Override
    public Replayed replay(DeadFilter filter, int most, boolean force) {
        List<DeadHead> wanted = open(filter);
        List<DeadHead> allowed =
                wanted.stream().filter(letter -> mayBeReplayed(letter, force)).toList();
        List<DeadHead> next = allowed.stream().limit(most).toList();
        Map<Long, DeadLetter> letters = readAll(next);
        List<CompletableFuture<?>> replayed = new ArrayList<>();
        for (DeadHead head : next) {
            DeadLetter letter = letters.get(head.number());
            if (letter != null && letter.job() != null) {
                replayed.add(replay(letter.job(), head.number()).thenCompose(_ -> close(head)));
            }
        }
        await(replayed);
        return new Replayed(replayed.size(), wanted.size() - allowed.size());
    }

    private static boolean mayBeReplayed(DeadHead letter, boolean force) {
        return letter.job() != null && (force || letter.replays() < MOST_REPLAYS);
    }

    @Override
    public int discard(DeadFilter filter) {
        List<DeadHead> wanted = open(filter);
        await(wanted.stream().<CompletableFuture<?>>map(this::close).toList());
        return wanted.size();
    }

    private CompletableFuture<?> replay(Job dead, long number) {
        String name = "replay/" + number + "/" + dead.id().value();
        var id = new JobId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32));
        if (isKnown.test(id)) {
            return CompletableFuture.completedFuture(null);
        }
        Instant now = clock.instant();
        Duration time = Duration.between(dead.created(), dead.deadline());
        return enqueue.apply(
                dead.replay(
                        id, now, now.plus(time.compareTo(atLeast) < 0 ? atLeast : time), nobody));
    }

    private CompletableFuture<?> close(DeadHead letter) {
        return write.send(FoldLetters.mark(topic, letter));
    }

    private Map<Long, DeadLetter> readAll(List<DeadHead> wanted) {
        var letters = new HashMap<Long, DeadLetter>();
        if (!wanted.isEmpty()) {
            long first = wanted.getFirst().number();
            long last = wanted.getLast().number();
            Set<Long> numbers = wanted.stream().map(DeadHead::number).collect(Collectors.toSet());
            read(
                    last + 1,
                    (int) (last - first + 1),
                    record -> {
                        if (numbers.contains(record.offset())) {
                            decode(record, letters);
                        }
                    });
        }
        return letters;
    }

    private void read(long before, int most, Consumer<ConsumerRecord<String, byte[]>> reader) {
        try {
            records.read(before, most, reader);
        } catch (KafkaException e) {
            LOG.atWarn().setCause(e).log("dead letters could not be read; the operator gets 503");
            throw new RequestRejectedException(
                    Failure.OVERLOADED, "the broker does not give the dead letters now; try again");
        }
    }

    private static void decode(
            ConsumerRecord<String, byte[]> record, Map<Long, DeadLetter> letters) {
        if (FoldLetters.isMark(record)) {
            return;
        }
        try {
            letters.put(record.offset(), Codec.decode(record.value(), DeadLetter.class));
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a dead letter is unreadable; it stays as it is");
        }
    }

    private @Nullable Task stored(StoredObject object) {
        try {
            return Codec.decode(claims.get(object), Task.class);
        } catch (ObjectNotFoundException | UnreadableRecordException e) {
            return null;
        }
    }

    private static void await(List<CompletableFuture<?>> all) {
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
        } catch (CompletionException e) {
            LOG.atWarn().setCause(e).log("not all dead letters were settled; the others stay open");
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the broker did not take all dead letters; the others stay open, try again");
        }
    }
}

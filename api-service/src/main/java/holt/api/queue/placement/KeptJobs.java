package holt.api.queue.placement;

import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.UnreadableRecordException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of {@code holt.waiting} that are in this instance's line, by partition. */
public final class KeptJobs {
    private static final Logger LOG = LoggerFactory.getLogger(KeptJobs.class);

    private final PlaceJobs place;
    private final Predicate<JobId> hasLeftQueue;
    private final InstantSource clock;
    private final Function<Job, CompletableFuture<?>> send;
    private final Map<Integer, KeptPartition> partitions = new ConcurrentHashMap<>();

    /**
     * @param hasLeftQueue whether a worker has started the job, or it has ended
     * @param clock the broker's
     * @param send sends a job to its queue
     */
    public KeptJobs(
            PlaceJobs place,
            Predicate<JobId> hasLeftQueue,
            InstantSource clock,
            Function<Job, CompletableFuture<?>> send) {
        this.place = place;
        this.hasLeftQueue = hasLeftQueue;
        this.clock = clock;
        this.send = send;
    }

    /** Puts the record's job in the line, unless it is over. */
    void read(ConsumerRecord<String, byte[]> record) {
        KeptPartition partition =
                partitions.computeIfAbsent(record.partition(), _ -> new KeptPartition());
        partition.read(record.offset());
        Job job;
        try {
            job = Codec.decode(record.value(), Job.class);
        } catch (UnreadableRecordException e) {
            LOG.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a waiting job is unreadable; it expires at its deadline");
            return;
        }
        if (hasLeftQueue.test(job.id()) || job.deadline().isBefore(clock.instant())) {
            return;
        }
        partition.open(record.offset(), job.id());
        var _ =
                place.restore(job, record.value().length, send)
                        .whenComplete((_, _) -> partition.settle(record.offset()));
    }

    /** From now on, another instance has the partition. */
    void lost(int partition) {
        KeptPartition lost = partitions.remove(partition);
        if (lost != null) {
            lost.jobs().forEach(place::withdraw);
        }
    }

    void lostAll() {
        partitions.keySet().forEach(this::lost);
    }

    /** Whether no more records shall be read now. */
    boolean isFull() {
        return place.isFull();
    }

    /** The offset to commit of each partition. */
    Map<Integer, Long> toCommit() {
        return partitions.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().toCommit()));
    }
}

package holt.api.queue.dead;

import holt.protocol.Codec;
import holt.protocol.DeadLetter;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out from the records of {@code holt.dead} which letters are open. */
final class FoldLetters {
    private static final Logger LOG = LoggerFactory.getLogger(FoldLetters.class);

    /** Of a mark: the offset of the letter that is closed. */
    private static final String CLOSES = "holt-closes";

    private final Map<Long, DeadHead> open = new LinkedHashMap<>();

    /** How often the request of each dead job had been replayed. */
    private final Map<JobId, Integer> replays = new HashMap<>();

    /** A record that closes a letter. */
    static ProducerRecord<String, byte[]> mark(String topic, DeadHead letter) {
        var mark =
                new ProducerRecord<String, byte[]>(
                        topic, letter.job() == null ? null : letter.job().value(), null);
        mark.headers().add(CLOSES, Long.toString(letter.number()).getBytes(StandardCharsets.UTF_8));
        return mark;
    }

    static boolean isMark(ConsumerRecord<String, byte[]> record) {
        return record.headers().lastHeader(CLOSES) != null;
    }

    /** The records come in their order. */
    void add(ConsumerRecord<String, byte[]> record) {
        Header closes = record.headers().lastHeader(CLOSES);
        if (closes != null) {
            open.remove(Long.parseLong(new String(closes.value(), StandardCharsets.UTF_8)));
            return;
        }
        try {
            add(record.offset(), Codec.decode(record.value(), DeadLetter.class));
        } catch (UnreadableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("reason", e.getMessage())
                    .log("a dead letter is unreadable; the list leaves it out");
        }
    }

    /** Oldest first. */
    List<DeadHead> open(DeadFilter filter) {
        return open.values().stream().filter(filter::passes).toList();
    }

    private void add(long number, DeadLetter letter) {
        Job job = letter.job();
        open.put(
                number,
                new DeadHead(
                        number,
                        job == null ? null : job.id(),
                        job == null ? null : job.model(),
                        job == null ? null : job.caller(),
                        letter.reason(),
                        letter.message(),
                        letter.run(),
                        replays(job),
                        letter.at()));
    }

    private int replays(@Nullable Job job) {
        if (job == null) {
            return 0;
        }
        JobId before = job.replayOf();
        int count = before == null ? 0 : replays.getOrDefault(before, 0) + 1;
        replays.put(job.id(), count);
        return count;
    }
}

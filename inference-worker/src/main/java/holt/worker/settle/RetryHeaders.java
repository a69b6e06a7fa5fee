package holt.worker.settle;

import holt.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of a record on a retry topic. */
final class RetryHeaders {
    /** The queue topic to which the record returns. */
    static final String QUEUE = "holt-queue";

    /** Due time in milliseconds of the broker's clock. */
    static final String DUE = "holt-due";

    /** How often a record of a newer version was put off. */
    static final String WAITS = "holt-waits";

    private RetryHeaders() {}

    static void write(Headers headers, String queue, Instant due, int waits) {
        put(headers, QUEUE, queue);
        put(headers, DUE, Long.toString(due.toEpochMilli()));
        put(headers, WAITS, Integer.toString(waits));
    }

    static @Nullable String queue(ConsumerRecord<String, byte[]> record) {
        return get(record, QUEUE);
    }

    /** A record without a due time, from an earlier release, waits for the topic's delay. */
    static Instant due(ConsumerRecord<String, byte[]> record, Topics.Retry retry) {
        String due = get(record, DUE);
        return due == null
                ? Instant.ofEpochMilli(record.timestamp()).plus(retry.delay())
                : Instant.ofEpochMilli(Long.parseLong(due));
    }

    static int waits(ConsumerRecord<String, byte[]> record) {
        String waits = get(record, WAITS);
        return waits == null ? 0 : Integer.parseInt(waits);
    }

    private static void put(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String get(ConsumerRecord<String, byte[]> record, String key) {
        Header header = record.headers().lastHeader(key);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}

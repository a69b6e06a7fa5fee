package holt.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** The headers of a record on a retry topic. */
public final class RetryHeaders {
    private static final String QUEUE = "holt-queue";

    /** In milliseconds of the broker's clock. */
    private static final String DUE = "holt-due";

    private static final String WAITS = "holt-waits";

    private RetryHeaders() {}

    static void write(Headers headers, String queue, Instant due, int waits) {
        put(headers, QUEUE, queue);
        put(headers, DUE, Long.toString(due.toEpochMilli()));
        put(headers, WAITS, Integer.toString(waits));
    }

    /** The queue topic to which the record returns; null if the record names none. */
    public static @Nullable String queue(ConsumerRecord<String, byte[]> record) {
        return get(record, QUEUE);
    }

    /** A record without a valid due time waits for the topic's delay. */
    public static Instant due(ConsumerRecord<String, byte[]> record, Topics.Retry retry) {
        long otherwise = record.timestamp() + retry.delay().toMillis();
        return Instant.ofEpochMilli(number(record, DUE, otherwise));
    }

    /** How often a record of a newer version was put off. */
    public static int waits(ConsumerRecord<String, byte[]> record) {
        return (int) number(record, WAITS, 0);
    }

    private static long number(ConsumerRecord<String, byte[]> record, String key, long otherwise) {
        String text = get(record, key);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static void put(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String get(ConsumerRecord<String, byte[]> record, String key) {
        Header header = record.headers().lastHeader(key);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}

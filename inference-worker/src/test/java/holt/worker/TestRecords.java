package holt.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer gets them. */
public final class TestRecords {
    public static final String QUEUE = "holt.jobs.m";

    private TestRecords() {}

    public static ConsumerRecord<String, byte[]> record(
            String topic, byte[] value, Map<String, String> headers) {
        var all = new RecordHeaders();
        headers.forEach((key, text) -> all.add(key, text.getBytes(UTF_8)));
        return new ConsumerRecord<>(
                topic,
                3,
                17,
                TestJobs.NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                1,
                value.length,
                "j",
                value,
                all,
                Optional.empty(),
                Optional.of((short) 1));
    }
}

package holt.worker.settle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A record's headers as text. */
final class Headers {
    private Headers() {}

    static Map<String, String> of(ProducerRecord<String, byte[]> record) {
        var all = new HashMap<String, String>();
        record.headers()
                .forEach(header -> all.put(header.key(), new String(header.value(), UTF_8)));
        return all;
    }
}

package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ClaimId;
import holt.protocol.JobId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ReplyHeadersTest {
    private final ReplyHeaders headers =
            new ReplyHeaders(new JobId("j"), new ClaimId("c"), "e", 2, 17);

    @Test
    void whatIsWrittenIsReadBack() {
        var record = new RecordHeaders();
        headers.writeTo(record);

        assertThat(ReplyHeaders.read(record)).isEqualTo(headers);
    }

    @Test
    void aReplyThatNoWorkerWroteHasNone() {
        assertThat(ReplyHeaders.read(new RecordHeaders())).isNull();

        for (String key : new String[] {"holt-job", "holt-claim", "holt-run", "holt-seq"}) {
            var record = new RecordHeaders();
            headers.writeTo(record);
            record.remove(key);
            record.add(key, "not an id!".getBytes(StandardCharsets.US_ASCII));

            assertThat(ReplyHeaders.read(record)).as(key).isNull();
        }
    }
}

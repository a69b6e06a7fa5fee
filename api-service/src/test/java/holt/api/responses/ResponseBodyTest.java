package holt.api.responses;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.chat.TestChats;
import holt.api.http.Json;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ResponseBodyTest {
    @Test
    void showsTheSamplingThatWasUsed() {
        ResponseBody own = body("");
        ResponseBody asked = body(",\"temperature\":0,\"top_p\":0.5");

        assertThat(own.temperature()).isEqualTo(0.6);
        assertThat(own.topP()).isEqualTo(0.95);
        assertThat(asked.temperature()).isZero();
        assertThat(asked.topP()).isEqualTo(0.5);
    }

    private static ResponseBody body(String fields) {
        var catalog = new TestCatalog();
        catalog.add(
                new KnownModel(
                                new ModelName("cool"),
                                KnownModel.Kind.CHAT,
                                "",
                                Instant.EPOCH,
                                TestCatalog.CONTEXT,
                                16)
                        .withSampling(
                                new KnownModel.SamplingDefaults(0.6, 0.95, null, null, null)));
        var wire =
                Json.MAPPER.readValue(
                        "{\"model\":\"cool\",\"input\":\"hi\"" + fields + "}",
                        ResponsesRequest.class);
        return ResponseBody.begun(
                new JobId("0123456789abcdef0123456789abcdef"),
                Instant.EPOCH,
                ReadResponses.read(wire, TestChats.of(catalog), Caller.ANYBODY, "default")
                        .repeated());
    }
}

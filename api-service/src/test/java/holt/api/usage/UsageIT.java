package holt.api.usage;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of usage. The fake has one row, whose caller is the one that is asked for. */
class UsageIT {
    private static final String ADMIN = "otters-hold-hands-asleep";
    private static final String OWN = "/v1/usage?start_time=1767225601";

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start("--holt.keys.required=always", "--holt.admin.key=" + ADMIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aCallerSeesItsOwnUsage() throws IOException {
        RawClient.Reply reply = get(OWN + "&caller=team:other", "");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body())
                .isEqualTo(
                        "{\"code\":0,\"message\":\"success\",\"object\":\"list\",\"data\":[{\"object\":\"usage\","
                                + "\"hour\":1767225600,\"caller\":\"admin\",\"key\":\"k\",\"model\":\"a,\\\"b\\\"\","
                                + "\"jobs\":3,\"failed\":1,\"prompt_tokens\":20,\"cached_tokens\":5,"
                                + "\"completion_tokens\":30,\"images\":2,\"run_seconds\":1.5}]}");
    }

    @Test
    void anOperatorSeesAllUsageOrThatOfOneCaller() throws IOException {
        assertThat(get("/admin" + OWN, "").body()).contains("\"caller\":\"null\"");
        assertThat(get("/admin" + OWN + "&caller=team:other", "").body())
                .contains("\"caller\":\"team:other\"");
    }

    @Test
    void usageComesAsCsvForASpreadsheet() throws IOException {
        RawClient.Reply reply = get(OWN, "Accept: text/csv\r\n");

        assertThat(reply.headers().get("content-type")).startsWith("text/csv");
        assertThat(reply.body())
                .isEqualTo(
                        "hour,caller,key,model,jobs,failed,prompt_tokens,cached_tokens,completion_tokens,images,run_seconds\r\n"
                                + "2026-01-01T00:00:00Z,\"admin\",\"k\",\"a,\"\"b\"\"\",3,1,20,5,30,2,1.500\r\n");
        assertThat(get(OWN + "&format=csv", "").body()).isEqualTo(reply.body());
        assertThat(get(OWN + "&format=json", "Accept: text/csv\r\n").body()).startsWith("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start_time=yesterday", "end_time=-1", "format=xml", "model=%0a"})
    void aBadParameterIsRefusedByItsName(String parameter) throws IOException {
        RawClient.Reply reply = get("/v1/usage?" + parameter, "");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .contains("\"param\":\"" + parameter.substring(0, parameter.indexOf('=')) + "\"");
    }

    private static RawClient.Reply get(String path, String headers) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(
                            RawClient.bytes(
                                    "GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                                            + ADMIN
                                            + "\r\n"
                                            + headers
                                            + "\r\n"))
                    .reply();
        }
    }
}

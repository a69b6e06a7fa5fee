package holt.api.edge;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/**
 * The promises of every refusal. It has the right status and both error shapes. No job is submitted and nothing is stored, so it waits for
 * no worker. No time-out causes it: the server's time-outs are an hour, far beyond the client's patience. The next good request works, on a
 * new connection, and on the same one unless the refusal ends it.
 */
public abstract class RefusalContract {
    public static final String GOOD =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    protected static EdgeServer server;

    @BeforeAll
    static void start() {
        server =
                EdgeServer.start(
                        "--holt.api.connections.header-timeout=1h",
                        "--holt.api.connections.body-timeout=1h");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    /** Sends the request, checks the promises, and returns the refusal's body. */
    protected final JsonNode refused(byte[] request, int status, int code) throws IOException {
        JsonNode body;
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(request).reply();
            assertThat(reply.status()).as(reply.body()).isEqualTo(status);
            body = CheckReply.refusal(reply);
            assertThat(body.get("code").intValue()).as(reply.body()).isEqualTo(code);
            assertThat(server.queue().taken).isEmpty();
            theConnectionGoesOnOrEnds(client, reply);
        }
        try (var another = new RawClient(server.port())) {
            theNextGoodRequestWorks(another);
        }
        return body;
    }

    protected final void refused(BadInput bad) throws IOException {
        JsonNode error = refused(bad.request(), bad.status(), bad.code()).get("error");
        if (bad.param() != null) {
            assertThat(error.get("param").asString()).isEqualTo(bad.param());
            assertThat(error.get("message").asString()).startsWith(bad.param() + ": ");
        }
    }

    private static void theConnectionGoesOnOrEnds(RawClient client, RawClient.Reply reply)
            throws IOException {
        if (reply.endsConnection()) {
            client.socket.shutdownOutput();
            assertThat(client.atEnd()).isTrue();
        } else {
            theNextGoodRequestWorks(client);
        }
    }

    private static void theNextGoodRequestWorks(RawClient client) throws IOException {
        assertThat(client.send(chat(GOOD)).reply().status()).isEqualTo(200);
    }

    /** The good chat with more fields. */
    public static String with(String fields) {
        return GOOD.replaceFirst("\\{", Matcher.quoteReplacement("{" + fields + ","));
    }
}

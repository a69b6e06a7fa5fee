package holt.api.edge;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

/**
 * What holds for every refusal: the status, both error shapes, no job, within a second, and the next good request works - on a new
 * connection, and on the same one unless the refusal said that it ends.
 */
public abstract class RefusalContract {
    public static final String GOOD =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    public static EdgeServer server;

    @BeforeAll
    public static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    public static void stop() {
        server.close();
    }

    @BeforeEach
    public void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    public final JsonNode refused(byte[] request, int status, int code) throws IOException {
        long start = System.nanoTime();
        JsonNode body;
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(request).reply();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(1));
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

    public static String with(String fields) {
        return GOOD.replaceFirst("\\{", Matcher.quoteReplacement("{" + fields + ","));
    }
}

package holt.api.http.tomcat;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.get;
import static holt.api.edge.RefusalContract.GOOD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Unusual requests that are valid HTTP. */
class GoodTransportIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> requests() {
        byte[] body = bytes(GOOD);
        return Stream.of(
                arguments("a whole URL", get("http://x/v1/models")),
                arguments("HTTP/1.0 without a host", bytes("GET /v1/models HTTP/1.0\r\n\r\n")),
                arguments(
                        "blank lines before it",
                        bytes("\r\n\r\nGET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n")),
                arguments("a query", get("/v1/models?a=b&c")),
                arguments(
                        "a body where none is wanted",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")),
                arguments(
                        "a charset",
                        bytes(
                                post(
                                                "application/json; charset=UTF-8",
                                                "Content-Length: " + body.length)
                                        + GOOD)),
                arguments(
                        "chunks",
                        bytes(post("application/json", "Transfer-Encoding: chunked") + chunks())),
                arguments(
                        "asks before it sends",
                        bytes(
                                post(
                                                "application/json",
                                                "Expect: 100-continue\r\nContent-Length: "
                                                        + body.length)
                                        + GOOD)),
                arguments(
                        "an upgrade that nobody offers",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")),
                arguments(
                        "a header put into a request id",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\nSet-Cookie: b=c\r\n\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAnswered(String name, byte[] request) throws IOException {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(request).reply();

            CheckReply.success(reply);
            assertThat(reply.headers()).doesNotContainKey("set-cookie");
        }
    }

    private static String post(String contentType, String length) {
        return "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + contentType
                + "\r\n"
                + length
                + "\r\n\r\n";
    }

    /** Of a byte each, with an extension and a trailer. */
    private static String chunks() {
        return GOOD.chars()
                .mapToObj(c -> "1;a=b\r\n" + (char) c + "\r\n")
                .collect(Collectors.joining("", "", "0\r\nX-A: b\r\n\r\n"));
    }
}

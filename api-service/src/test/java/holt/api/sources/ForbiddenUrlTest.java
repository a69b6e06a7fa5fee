package holt.api.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.RequestRejectedException;
import holt.api.files.TestUrls;
import holt.protocol.Failure;
import holt.store.InMemoryObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that lead to private addresses. Each is refused, and nothing is dialled. */
class ForbiddenUrlTest {
    private static final String PUBLIC = "93.184.216.34";

    private final Sockets sockets = new Sockets();
    private final Map<String, ArrayDeque<List<String>>> names =
            Map.of(
                    "localhost", answers(List.of("127.0.0.1")),
                    "localhost.", answers(List.of("127.0.0.1")),
                    "inside.test", answers(List.of("10.1.2.3")),
                    "both.test", answers(List.of(PUBLIC, "127.0.0.1")),
                    "six.test", answers(List.of("2606:4700::1111", "::1")),
                    "none.test", answers(List.of()),
                    "public.test", answers(List.of(PUBLIC)),
                    "turning.test", answers(List.of(PUBLIC), List.of("127.0.0.1")));

    private ServerSocketChannel canary;
    private int port;
    private FetchImage fetch;
    private ReadSourceImages images;

    @BeforeEach
    void listen() throws IOException {
        canary = ServerSocketChannel.open();
        canary.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        canary.configureBlocking(false);
        port = ((InetSocketAddress) canary.getLocalAddress()).getPort();
        fetch =
                new FetchImage(
                        new ResolveHost(AllowedHosts.of(List.of()), this::lookUp),
                        new OkHttpClient.Builder().socketFactory(sockets).build(),
                        FetchImage.Limits.USUAL);
        var store = new InMemoryObjectStore();
        images = new ReadSourceImages(TestUrls.of(store, InstantSource.system()), store, fetch, 1);
    }

    @AfterEach
    void close() throws IOException {
        images.close();
        fetch.close();
        canary.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1.2.3",
                "10.0.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "198.18.0.1",
                "203.0.113.7",
                "224.0.0.1",
                "255.255.255.255",
                "127.0.0.1.",
                // decimal, octal, hexadecimal, short
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.01",
                "0x7f000001",
                "0X7F.0.0.1",
                "0x7f.1",
                "127.1",
                "127.0.1",
                "0",
                "0x",
                "1.1.1.256",
                "1.1.1.1.1",
                "08.8.8.8",
                "4294967297",
                "host.1",
                // as browsers read them
                "%31%32%37.0.0.1",
                "127%2e0%2e0%2e1",
                "\uFF11\uFF12\uFF17.0.0.1",
                "127\u30020\u30020\u30021",
                "\u2460\u2461\u2466.0.0.1",
                // version 6
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[64:ff9b::7f00:1]",
                "[64:ff9b::127.0.0.1]",
                "[64:ff9b:1::7f00:1]",
                "[2002:7f00:1::1]",
                "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
                "[fe80::1]",
                "[fc00::1]",
                "[fd12:3456::1]",
                "[ff02::1]",
                "[2001:db8::1]",
                // names
                "localhost",
                "LOCALHOST",
                "localhost.",
                "inside.test",
                "both.test",
                "six.test",
                "none.test",
                "unknown.test",
                // users
                "user@127.0.0.1",
                "user@public.test",
                "user:secret@public.test",
                ":secret@" + PUBLIC,
                PUBLIC + "@127.0.0.1"
            })
    void isRefused(String host) throws IOException {
        for (String scheme : new String[] {"http", "https", "HTTP"}) {
            assertRefused(scheme + "://" + host + ":" + port + "/picture.png");
            assertRefused(scheme + "://" + host + "/picture.png");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "FILE:/etc/passwd",
                "gopher://127.0.0.1/",
                "jar:http://127.0.0.1/x!/y",
                "ftp://public.test/x.png",
                "ws://public.test/",
                "javascript:alert(1)",
                "http:",
                "http://",
                "https:///x",
                "http://public.test:99999/",
                "http://[::1",
                "http://a b/",
                "http://\u0000/"
            })
    void takesNoOtherSchemeAndNoWrongUrl(String url) throws IOException {
        assertRefused(url);
    }

    @Test
    void takesNoEndlessUrl() throws IOException {
        assertRefused("http://public.test/" + "x".repeat(10_000));
    }

    @Test
    void isResolvedOnceAndDialledAtTheAddressThatWasChecked() throws IOException {
        assertThatThrownBy(() -> images.read("http://turning.test/x.png", "image"))
                .isInstanceOf(RequestRejectedException.class)
                .hasMessage("image: the URL's host does not answer");

        assertThat(sockets.dialled)
                .containsExactly(new InetSocketAddress(InetAddress.ofLiteral(PUBLIC), 80));
        sockets.dialled.clear();
        assertRefused("http://turning.test/x.png");
    }

    private void assertRefused(String url) throws IOException {
        assertThatThrownBy(() -> images.read(url, "image"))
                .as(url)
                .isInstanceOfSatisfying(
                        RequestRejectedException.class,
                        refused -> {
                            assertThat(refused.failure()).isEqualTo(Failure.INVALID_IMAGE_URL);
                            assertThat(refused.param()).isEqualTo("image");
                            assertThat(refused).hasMessageStartingWith("image: ");
                        });
        assertThat(sockets.dialled).isEmpty();
        assertThat(canary.accept()).isNull();
    }

    /** Returns each answer once, and the last one for ever. */
    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        ArrayDeque<List<String>> answers = names.get(host);
        if (answers == null) {
            throw new UnknownHostException(host);
        }
        List<String> answer = answers.size() > 1 ? answers.pop() : answers.peek();
        return answer.stream().map(InetAddress::ofLiteral).toList();
    }

    @SafeVarargs
    private static ArrayDeque<List<String>> answers(List<String>... answers) {
        return new ArrayDeque<>(List.of(answers));
    }
}

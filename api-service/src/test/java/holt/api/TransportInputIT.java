package holt.api;

import static holt.api.RawClient.bytes;
import static holt.api.RawClient.get;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are odd before anybody looks at their body. */
class TransportInputIT extends RefusalContract {
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static final int TOO_LARGE = 26 << 20;

    static Stream<Arguments> transport() {
        return Stream.of(
                arguments("GET on a POST route", get("/v1/chat/completions"), 405, 2007),
                arguments("PUT", bytes("PUT /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 405, 2007),
                arguments(
                        "TRACE", bytes("TRACE /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 405, 2007),
                arguments("unknown path", get("/v1/nothing"), 404, 2006),
                arguments("the framework's error page", get("/error"), 404, 2006),
                arguments(
                        "no content type",
                        bytes(
                                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                arguments(
                        "text/xml",
                        bytes(
                                HEAD.replace("application/json", "text/xml")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                arguments(
                        "UTF-16",
                        bytes(
                                HEAD.replace("json", "json;charset=utf-16")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                arguments(
                        "broken chunk",
                        bytes(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{"),
                        400,
                        2001),
                arguments(
                        "chunk without its line end",
                        bytes(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}}}\r\n0\r\n\r\n"),
                        400,
                        2001),
                arguments(
                        "length, then transfer encoding",
                        bytes(
                                HEAD
                                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        400,
                        2001),
                arguments(
                        "transfer encoding, then length",
                        bytes(
                                HEAD
                                        + "Transfer-Encoding: chunked\r\ncontent-LENGTH: 5\r\n\r\n0\r\n\r\n"),
                        400,
                        2001),
                arguments(
                        "two lengths",
                        bytes(HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
                        400,
                        2001),
                arguments("negative length", bytes(HEAD + "Content-Length: -1\r\n\r\n"), 400, 2001),
                arguments(
                        "header of 30 KiB",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nX-A: "
                                        + "a".repeat(30 << 10)
                                        + "\r\nHost: x\r\n\r\n"),
                        431,
                        2021),
                arguments("path of 30 KiB", get("/v1/models/" + "a".repeat(30 << 10)), 431, 2021),
                arguments(
                        "26 MiB declared",
                        bytes(HEAD + "Content-Length: " + TOO_LARGE + "\r\n\r\n"),
                        413,
                        2010),
                arguments(
                        "26 MiB declared and sent",
                        concat(
                                bytes(HEAD + "Content-Length: " + TOO_LARGE + "\r\n\r\n"),
                                new byte[TOO_LARGE]),
                        413,
                        2010),
                arguments(
                        "26 MiB chunked",
                        concat(
                                bytes(
                                        HEAD
                                                + "Transfer-Encoding: chunked\r\n\r\n"
                                                + Integer.toHexString(TOO_LARGE)
                                                + "\r\n"),
                                new byte[TOO_LARGE],
                                bytes("\r\n0\r\n\r\n")),
                        413,
                        2010),
                arguments(
                        "compressed body",
                        bytes(HEAD + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                arguments(
                        "compressed transfer",
                        bytes(HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                        501,
                        2001),
                arguments("encoded dots", get("/%2e%2e/%2e%2e/etc/passwd"), 400, 2001),
                arguments("encoded NUL in a path", get("/v1/models/%00"), 400, 2001),
                arguments("NUL in a path", get("/v1/models/a\0b"), 400, 2001),
                arguments("broken percent encoding", get("/v1/models/%zz"), 400, 2001),
                arguments("encoded slashes and dots", get("/v1/models/..%2f..%2fetc"), 404, 2004),
                arguments("no host", bytes("GET /v1/models HTTP/1.1\r\n\r\n"), 400, 2001),
                arguments(
                        "two hosts",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                        400,
                        2001),
                arguments("HTTP/0.9", bytes("GET /v1/models\r\n"), 400, 2001),
                arguments(
                        "HTTP/3.0", bytes("GET /v1/models HTTP/3.0\r\nHost: x\r\n\r\n"), 505, 2001),
                arguments("HTTP/2 preface", bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505, 2001),
                arguments(
                        "no method",
                        bytes("G(T /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"),
                        400,
                        2001),
                arguments("no HTTP", bytes("hello there\r\n\r\n"), 400, 2001),
                arguments(
                        "header without a colon",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"),
                        400,
                        2001),
                arguments(
                        "unknown expectation",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nExpect: cake\r\n\r\n"),
                        417,
                        2001));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transport")
    void refusesOddTransport(String name, byte[] request, int status, int code) throws IOException {
        refused(request, status, code);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

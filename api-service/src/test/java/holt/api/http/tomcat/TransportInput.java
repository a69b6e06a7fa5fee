package holt.api.http.tomcat;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.get;
import static holt.api.edge.RawClient.join;

import holt.api.edge.BadInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Requests that are wrong before anybody reads their body. */
final class TransportInput {
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private static final int TOO_LARGE = 26 << 20;

    private TransportInput() {}

    static Stream<BadInput> cases() {
        return Stream.of(
                bad("GET on a POST route", get("/v1/chat/completions"), 405, 2007),
                bad("PUT", bytes("PUT /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 405, 2007),
                bad("TRACE", bytes("TRACE /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 405, 2007),
                bad(
                        "a browser asks for a page of another site",
                        bytes(
                                "OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\n"
                                        + "Access-Control-Request-Method: POST\r\n\r\n"),
                        403,
                        2017),
                bad(
                        "a form, as curl sends it",
                        bytes(
                                HEAD.replace("json", "x-www-form-urlencoded")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "a form of parts",
                        bytes(
                                HEAD.replace("application/json", "multipart/form-data; boundary=x")
                                        + "Content-Length: 5\r\n\r\n--x--"),
                        415,
                        2003),
                bad(
                        "a form of parts without a boundary",
                        bytes(
                                HEAD.replace("application/json", "multipart/form-data")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "a charset that there is not",
                        bytes(
                                HEAD.replace("json", "json;charset=otter")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "chunk of more than 32 bits",
                        chunked("FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad("chunk of less than nothing", chunked("-1\r\n{}\r\n0\r\n\r\n"), 400, 2001),
                bad(
                        "chunk with an extension of 30 KiB",
                        chunked("2;a=" + "a".repeat(30 << 10) + "\r\n{}\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "trailer of 30 KiB",
                        chunked("2\r\n{}\r\n0\r\nX-A: " + "a".repeat(30 << 10) + "\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "chunked twice",
                        bytes(HEAD + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "unknown transfer encoding",
                        bytes(HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                        501,
                        2001),
                bad("length with a sign", length("+2"), 400, 2001),
                bad("length in hex", length("0x2"), 400, 2001),
                bad("length of two numbers", length("2, 2"), 400, 2001),
                bad("length of 2^64", length("18446744073709551616"), 400, 2001),
                bad("length without a number", length(""), 400, 2001),
                bad(
                        "length with a blank before its colon",
                        bytes(HEAD + "Content-Length : 2\r\n\r\n{}"),
                        400,
                        2001),
                bad(
                        "too large, and asks first",
                        bytes(
                                HEAD
                                        + "Expect: 100-continue\r\nContent-Length: "
                                        + TOO_LARGE
                                        + "\r\n\r\n"),
                        413,
                        2010),
                bad("gzip bomb", gzipBomb(), 415, 2003),
                bad("200 headers", header("X-A: a\r\n".repeat(200)), 400, 2001),
                bad("NUL in a header", header("X-A: a\0b\r\n"), 400, 2001),
                bad("CR alone in a header", header("X-A: a\rX-B: b\r\n"), 400, 2001),
                bad("header without a name", header(": a\r\n"), 400, 2001),
                bad("dots in a path", get("/v1/models/../../etc/passwd"), 404, 2004),
                bad("dots above the root", get("/../etc/passwd"), 400, 2001),
                bad("encoded backslash", get("/v1/models/..%5c..%5cetc"), 400, 2001),
                bad("backslash", get("/v1\\models"), 400, 2001),
                bad("path without a slash", get("v1/models"), 400, 2001),
                bad("angle brackets in a query", get("/v1/models?a=<b>"), 400, 2001),
                bad("a slash after the route", get("/v1/chat/completions/"), 404, 2006),
                bad("another case", get("/V1/Models"), 404, 2006),
                bad("a URL of another host", get("http://other/v1/models"), 400, 2001),
                bad("DELETE", bytes("DELETE /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 405, 2007),
                bad("unknown path", get("/v1/nothing"), 404, 2006),
                bad("the framework's error page", get("/error"), 404, 2006),
                bad(
                        "no content type",
                        bytes(
                                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "text/xml",
                        bytes(
                                HEAD.replace("application/json", "text/xml")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "UTF-16",
                        bytes(
                                HEAD.replace("json", "json;charset=utf-16")
                                        + "Content-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "broken chunk",
                        bytes(HEAD + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{"),
                        400,
                        2001),
                bad(
                        "chunk without its line end",
                        bytes(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}}}\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "length, then transfer encoding",
                        bytes(
                                HEAD
                                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "transfer encoding, then length",
                        bytes(
                                HEAD
                                        + "Transfer-Encoding: chunked\r\ncontent-LENGTH: 5\r\n\r\n0\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "two lengths",
                        bytes(HEAD + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
                        400,
                        2001),
                bad("negative length", bytes(HEAD + "Content-Length: -1\r\n\r\n"), 400, 2001),
                bad(
                        "header of 30 KiB",
                        bytes(
                                "GET /v1/models HTTP/1.1\r\nX-A: "
                                        + "a".repeat(30 << 10)
                                        + "\r\nHost: x\r\n\r\n"),
                        431,
                        2021),
                bad("path of 30 KiB", get("/v1/models/" + "a".repeat(30 << 10)), 431, 2021),
                bad(
                        "26 MiB declared",
                        bytes(HEAD + "Content-Length: " + TOO_LARGE + "\r\n\r\n"),
                        413,
                        2010),
                bad(
                        "26 MiB declared and sent",
                        join(
                                bytes(HEAD + "Content-Length: " + TOO_LARGE + "\r\n\r\n"),
                                new byte[TOO_LARGE]),
                        413,
                        2010),
                bad(
                        "26 MiB chunked",
                        join(
                                bytes(
                                        HEAD
                                                + "Transfer-Encoding: chunked\r\n\r\n"
                                                + Integer.toHexString(TOO_LARGE)
                                                + "\r\n"),
                                new byte[TOO_LARGE],
                                bytes("\r\n0\r\n\r\n")),
                        413,
                        2010),
                bad(
                        "compressed body",
                        bytes(HEAD + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"),
                        415,
                        2003),
                bad(
                        "compressed transfer",
                        bytes(HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                        501,
                        2001),
                bad("encoded dots", get("/%2e%2e/%2e%2e/etc/passwd"), 400, 2001),
                bad("encoded NUL in a path", get("/v1/models/%00"), 400, 2001),
                bad("NUL in a path", get("/v1/models/a\0b"), 400, 2001),
                bad("broken percent encoding", get("/v1/models/%zz"), 400, 2001),
                bad("encoded slashes and dots", get("/v1/models/..%2f..%2fetc"), 404, 2004),
                bad("no host", bytes("GET /v1/models HTTP/1.1\r\n\r\n"), 400, 2001),
                bad(
                        "two hosts",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                        400,
                        2001),
                bad("HTTP/0.9", bytes("GET /v1/models\r\n"), 400, 2001),
                bad("HTTP/3.0", bytes("GET /v1/models HTTP/3.0\r\nHost: x\r\n\r\n"), 505, 2001),
                bad("HTTP/2 preface", bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505, 2001),
                bad("no method", bytes("G(T /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"), 400, 2001),
                bad("no HTTP", bytes("hello there\r\n\r\n"), 400, 2001),
                bad(
                        "header without a colon",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n"),
                        400,
                        2001),
                bad(
                        "unknown expectation",
                        bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\nExpect: cake\r\n\r\n"),
                        417,
                        2001));
    }

    private static BadInput bad(String name, byte[] request, int status, int code) {
        return new BadInput(name, request, status, code, null);
    }

    private static byte[] chunked(String chunks) {
        return bytes(HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    }

    private static byte[] length(String length) {
        return bytes(HEAD + "Content-Length: " + length + "\r\n\r\n{}");
    }

    private static byte[] header(String lines) {
        return bytes("GET /v1/models HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
    }

    /** 100 MiB in 100 KiB. */
    private static byte[] gzipBomb() {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(new byte[1 << 20]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String head =
                HEAD + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n";
        return join(bytes(head), packed.toByteArray());
    }
}

package holt.api.http;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.join;

import holt.api.http.GoodRequests.Request;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;

/** Damages requests: all bytes, the body, the header or the chunks. Equal random numbers do equal damage. */
final class Mutate {
    private static final int LONG = 40_000;

    /** Texts that are hard for parsers. */
    private static final List<String> TOKENS =
            List.of(
                    "\r\n",
                    "\r\n\r\n",
                    "\n",
                    "\r",
                    "\0",
                    "\t",
                    " ",
                    ":",
                    ";",
                    ",",
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "null",
                    "true",
                    "-1",
                    "0",
                    "1e999",
                    "18446744073709551616",
                    "NaN",
                    "/../",
                    "%00",
                    "%2e%2e/",
                    "%",
                    "//",
                    "\u00ff",
                    "\u00c0\u0080",
                    "\u00ef\u00bb\u00bf",
                    "gzip",
                    "HTTP/1.0",
                    "HTTP/9.9",
                    "FFFFFFFF\r\n",
                    "0\r\n\r\n",
                    "GET /health HTTP/1.1\r\nHost: x\r\n\r\n");

    private static final List<String> FIELDS =
            List.of(
                    "Content-Length: 0",
                    "Content-Length: 99999999999",
                    "Content-Length: 7",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip, chunked",
                    "Content-Encoding: gzip",
                    "Content-Type: multipart/form-data; boundary=x",
                    "Content-Type: text/plain",
                    "Host: y",
                    "Connection: close",
                    "Connection: Upgrade, HTTP2-Settings",
                    "Upgrade: websocket",
                    "Expect: 100-continue",
                    "Expect: cake",
                    "Prefer: respond-async",
                    "Idempotency-Key: ",
                    "Cancel-After: soon",
                    "X-HTTP-Method-Override: DELETE",
                    "X-Forwarded-Proto: gopher",
                    "Range: bytes=0-1",
                    "If-None-Match: *",
                    "Cookie: a=b; c",
                    " folded");

    private final RandomGenerator random;

    Mutate(RandomGenerator random) {
        this.random = random;
    }

    byte[] spoil(Request good) {
        return switch (random.nextInt(good.body() == null ? 2 : 5)) {
            case 0 -> several(good.whole());
            case 1 -> new Request(header(good.head()), good.body()).whole();
            case 2 -> new Request(good.head(), several(good.body())).whole();
            case 3 -> chunked(good.head(), several(good.body()));
            default -> {
                byte[] whole = chunked(good.head(), good.body());
                int body = good.head().length();
                yield join(
                        Arrays.copyOf(whole, body),
                        several(Arrays.copyOfRange(whole, body, whole.length)));
            }
        };
    }

    /** Cuts the bytes into two pieces, as a network may. */
    List<byte[]> pieces(byte[] bytes) {
        int cut = random.nextInt(3) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        return List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
    }

    private byte[] several(byte[] bytes) {
        byte[] spoilt = bytes;
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            spoilt = once(spoilt);
        }
        return spoilt;
    }

    private byte[] once(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(16));
        byte[] slice = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(8)) {
            case 0 -> replace(bytes, from, to, flipped(slice));
            case 1 -> replace(bytes, from, to, drawn(slice.length));
            case 2 -> replace(bytes, from, from, drawn(1 + random.nextInt(8)));
            case 3 -> replace(bytes, from, from, bytes(any(TOKENS)));
            case 4 -> replace(bytes, from, to, bytes(any(TOKENS)));
            case 5 -> replace(bytes, from, to, new byte[0]);
            case 6 -> replace(bytes, from, from, repeated(slice));
            default -> Arrays.copyOf(bytes, from);
        };
    }

    private byte[] flipped(byte[] slice) {
        byte[] flipped = slice.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] drawn(int length) {
        var drawn = new byte[length];
        random.nextBytes(drawn);
        return drawn;
    }

    /** Repeats the slice a few times, now and then past every limit of a header. */
    private byte[] repeated(byte[] slice) {
        int times = random.nextInt(8) == 0 ? LONG / (slice.length + 1) : 1 + random.nextInt(4);
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < times; i++) {
            all.writeBytes(slice);
        }
        return all.toByteArray();
    }

    private String header(String head) {
        var lines = new ArrayList<>(List.of(head.split("\r\n")));
        int at = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, lines.get(random.nextInt(lines.size())));
            case 2 -> Collections.swap(lines, at, random.nextInt(lines.size()));
            case 3 -> lines.set(at, lines.get(at).toUpperCase(Locale.ROOT));
            case 4 -> lines.set(at, lines.get(at).replaceFirst(": .*", ": " + token()));
            default -> lines.add(at, any(FIELDS));
        }
        String end = random.nextInt(8) == 0 ? "\n" : "\r\n";
        return String.join(end, lines) + end;
    }

    /** A token for the replacement of a regular expression. */
    private String token() {
        return Matcher.quoteReplacement(any(TOKENS));
    }

    private byte[] chunked(String head, byte[] body) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(head + "Transfer-Encoding: chunked\r\n\r\n"));
        int from = 0;
        while (from < body.length) {
            int to = Math.min(body.length, from + 1 + random.nextInt(64));
            String extension = random.nextInt(4) == 0 ? ";a=\"b\"" : "";
            all.writeBytes(bytes(Integer.toHexString(to - from) + extension + "\r\n"));
            all.write(body, from, to - from);
            all.writeBytes(bytes("\r\n"));
            from = to;
        }
        all.writeBytes(bytes(random.nextInt(4) == 0 ? "0\r\nX-A: b\r\n\r\n" : "0\r\n\r\n"));
        return all.toByteArray();
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static byte[] replace(byte[] bytes, int from, int to, byte[] with) {
        return join(Arrays.copyOf(bytes, from), with, Arrays.copyOfRange(bytes, to, bytes.length));
    }
}

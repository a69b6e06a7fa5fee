package holt.system.rig.http;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the server-sent events of a chat. */
final class ReadStream {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DATA = "data: ";

    private ReadStream() {}

    /** @param started the nanosecond in which the client sent its request */
    static ClientLog.Result toEnd(HttpResponse<Stream<String>> response, long started) {
        var text = new StringBuilder();
        int code = 0;
        boolean whole = false;
        try (Stream<String> lines = response.body()) {
            for (Iterator<String> each = lines.iterator(); each.hasNext(); ) {
                String line = each.next();
                if (line.equals(DATA + "[DONE]")) {
                    whole = true;
                } else if (line.startsWith(DATA) || line.startsWith("{")) {
                    JsonNode data = JSON.readTree(line.substring(line.indexOf('{')));
                    text.append(data.at("/choices/0/delta/content").asString(""));
                    code = data.path("code").asInt(0);
                    whole |= code != 0;
                }
            }
        } catch (UncheckedIOException broke) {
            // The result has the text so far, and is not whole.
        }
        return new ClientLog.Result(
                response.statusCode(),
                code,
                text.toString(),
                response.headers().firstValue("X-Holt-Job-Id").orElse(null),
                whole,
                Duration.ofNanos(System.nanoTime() - started));
    }
}

package holt.worker.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the data of server-sent events, within bounds. */
final class ReadSse {
    /** Of the data of one event. */
    private static final int MOST_EVENT_BYTES = 4 << 20;

    /** Of the whole stream. Far more than any model writes. */
    private static final long MOST_BYTES = 256L << 20;

    private final InputStream in;
    private long bytes;

    ReadSse(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The data of the next event. Null: the stream has ended. */
    @Nullable String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty() && !data.isEmpty()) {
                return data.toString();
            }
            String value = value(line);
            if (value != null) {
                data.append(data.isEmpty() ? "" : "\n").append(value);
                if (data.length() > MOST_EVENT_BYTES) {
                    throw new AnswerTooLongException();
                }
            }
        }
        // An event that nothing follows may be cut.
        return null;
    }

    /** Older releases of llama.cpp's server write a failure in the field {@code error}. */
    private static @Nullable String value(String line) {
        for (String field : new String[] {"data:", "error:"}) {
            if (line.startsWith(field)) {
                return line.substring(field.length()).strip();
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (++bytes > MOST_BYTES || line.size() > MOST_EVENT_BYTES) {
                throw new AnswerTooLongException();
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return null;
    }
}

package holt.worker.remote;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads the data of server-sent events, within bounds. */
final class ReadSse {
    /** Of the data of one event. */
    private static final int MOST_EVENT_BYTES = 4 << 20;

    private final ReadLines lines;

    ReadSse(InputStream in) {
        this.lines = new ReadLines(in);
    }

    /** The data of the next event. Null: the stream has ended. */
    @Nullable String next() throws IOException {
        StringBuilder data = new StringBuilder();
        for (@Nullable String line = lines.next(); line != null; line = lines.next()) {
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
}

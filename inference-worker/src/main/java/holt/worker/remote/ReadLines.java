package holt.worker.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a stream, within bounds. */
public final class ReadLines {
    private static final int MOST_LINE_BYTES = 4 << 20;

    /** Of the whole stream. Far more than any model writes. */
    private static final long MOST_BYTES = 256L << 20;

    private final InputStream in;
    private long bytes;

    public ReadLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line. Null: the stream has ended. What follows the last line feed may be cut, and is dropped. */
    public @Nullable String next() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (++bytes > MOST_BYTES || line.size() > MOST_LINE_BYTES) {
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

package holt.api.queue.index;

import holt.protocol.JobId;
import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A caller's {@code Idempotency-Key}. All requests of the caller with the key are one job, on whichever instance they arrive.
 *
 * @param value 1-255 printable ASCII characters
 * @param caller empty if callers need no keys
 */
public record RequestKey(String value, String caller) {
    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7E]{1,255}");

    /** Stands for all callers that need no keys. */
    private static final String ANYBODY = "anonymous";

    private static final int ID_DIGITS = 32;

    /** @throws IllegalArgumentException if the value is empty, too long, or has other characters */
    public RequestKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("1-255 printable ASCII characters expected");
        }
    }

    /** The key of a caller that needs no key. */
    public RequestKey(String value) {
        this(value, "");
    }

    /**
     * The id of the key's job.
     *
     * @param time 0 for the first; a job that could never run is followed by the next
     */
    JobId job(int time) {
        String name =
                String.join(
                        "\n", caller.isEmpty() ? ANYBODY : caller, value, Integer.toString(time));
        return new JobId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS));
    }

    /** The key stays out of logs: with it, anyone can read the answer. */
    @Override
    public String toString() {
        return "RequestKey";
    }
}

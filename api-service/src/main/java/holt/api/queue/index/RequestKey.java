package holt.api.queue.index;

import holt.protocol.JobId;
import holt.protocol.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A client's {@code Idempotency-Key}: however often the request comes, and to whichever instance, it is one job.
 *
 * @param value 1-255 printable ASCII characters
 */
public record RequestKey(String value) {
    private static final Pattern FORM = Pattern.compile("[\\x20-\\x7E]{1,255}");

    /** Until there are callers with names, all are this one. */
    private static final String CALLER = "anonymous";

    private static final int ID_DIGITS = 32;

    /** @throws IllegalArgumentException if it is empty, too long, or not plain ASCII */
    public RequestKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("1-255 printable ASCII characters expected");
        }
    }

    /**
     * The job's id.
     *
     * @param time 0 for the first; a job that was given up before it could run is followed by the next
     */
    JobId job(int time) {
        String name = String.join("\n", CALLER, value, Integer.toString(time));
        return new JobId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, ID_DIGITS));
    }

    /** The key stays out of logs: whoever knows it can read the answer. */
    @Override
    public String toString() {
        return "RequestKey";
    }
}

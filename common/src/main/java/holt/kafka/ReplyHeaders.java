package holt.kafka;

import holt.protocol.ClaimId;
import holt.protocol.JobId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a reply. By them an instance drops the replies for other instances without reading the body.
 *
 * @param epoch of the instance on which the client waits
 * @param run the job's attempt
 * @param sequence counts the claim's replies from 0
 */
public record ReplyHeaders(JobId job, ClaimId claim, String epoch, int run, int sequence) {
    private static final String JOB = "holt-job";
    private static final String CLAIM = "holt-claim";
    private static final String EPOCH = "holt-epoch";
    private static final String RUN = "holt-run";
    private static final String SEQUENCE = "holt-seq";

    public void writeTo(Headers headers) {
        put(headers, JOB, job.value());
        put(headers, CLAIM, claim.value());
        put(headers, EPOCH, epoch);
        put(headers, RUN, Integer.toString(run));
        put(headers, SEQUENCE, Integer.toString(sequence));
    }

    /** Null if a header is missing or malformed. No worker of Holt writes such a reply. */
    public static @Nullable ReplyHeaders read(Headers headers) {
        String job = get(headers, JOB);
        String claim = get(headers, CLAIM);
        String epoch = get(headers, EPOCH);
        String run = get(headers, RUN);
        String sequence = get(headers, SEQUENCE);
        if (job == null || claim == null || epoch == null || run == null || sequence == null) {
            return null;
        }
        try {
            return new ReplyHeaders(
                    new JobId(job),
                    new ClaimId(claim),
                    epoch,
                    Integer.parseInt(run),
                    Integer.parseInt(sequence));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void put(Headers headers, String key, String value) {
        headers.add(key, value.getBytes(StandardCharsets.US_ASCII));
    }

    private static @Nullable String get(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.US_ASCII);
    }
}

package holt.protocol;

/**
 * Where a job's replies go.
 *
 * @param partition of {@code holt.replies} that the API instance reads
 * @param epoch that the instance drew at its start. It drops replies with another epoch
 */
public record ReplyAddress(int partition, String epoch) {
    public ReplyAddress {
        if (partition < 0) {
            throw new IllegalArgumentException("partition: 0 or more expected");
        }
        Identifier.check("epoch", epoch);
    }
}

package holt.protocol;

/**
 * Where the waiting client's API instance listens.
 *
 * @param partition of {@code holt.replies}
 * @param epoch drawn at each start of the instance; it drops replies that carry another
 */
public record ReplyAddress(int partition, String epoch) {
    public ReplyAddress {
        if (partition < 0) {
            throw new IllegalArgumentException("partition: 0 or more expected");
        }
        Identifier.check("epoch", epoch);
    }
}

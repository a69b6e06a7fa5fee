package holt.api.queue.history;

/** The kinds of keys that are not jobs and not lists. */
enum SmallKeys {
    OFFSET,
    NOTE,
    /** A job that has not ended: its id. */
    LIVE,
    /** A job that has ended: when to forget it, and its id. */
    FORGET;

    byte[] key(byte[] rest) {
        return ListKeys.join(new byte[] {(byte) ordinal()}, rest);
    }

    boolean has(byte[] key) {
        return key[0] == ordinal();
    }
}

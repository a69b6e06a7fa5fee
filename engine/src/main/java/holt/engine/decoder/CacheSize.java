package holt.engine.decoder;

/**
 * How the key/value cache is laid out: {@code slots} sequences of up to {@code contextLength} tokens.
 *
 * @param bytes what it takes when every slot is full
 */
record CacheSize(int slots, int contextLength, long bytes) {
    /** Spans are rounded up to this many tokens, so a slot holds a multiple of it. */
    static final int STEP = 32;

    /**
     * Fits the wanted size into the limit: the context is kept as long as one slot of it fits, slots are given up first.
     *
     * @param bytesPerToken keys and values of one token in all layers
     * @param limit bytes that the cache may take; one step of one slot is always granted
     */
    static CacheSize fit(int wantedSlots, int wantedContext, long bytesPerToken, long limit) {
        long tokens = Math.max(STEP, limit / bytesPerToken / STEP * STEP);
        int context = (int) Math.min(wantedContext, tokens);
        int slots = (int) Math.clamp(tokens / context, 1, wantedSlots);
        return new CacheSize(slots, context, bytesPerToken * slots * context);
    }
}

package holt.engine.decoder;

/**
 * The size of the key/value cache: {@code slots} sequences of up to {@code contextLength} tokens.
 *
 * @param bytes of all slots
 */
record CacheSize(int slots, int contextLength, long bytes) {
    /** The decoder rounds spans up to a multiple of this many tokens, so a slot has a multiple. */
    static final int STEP = 32;

    /**
     * Fits the wanted size into the limit. It reduces the slots first, then the context.
     *
     * @param bytesPerToken keys and values of one token in all layers
     * @param limit in bytes; the result has at least one slot of {@link #STEP} tokens
     */
    static CacheSize fit(int wantedSlots, int wantedContext, long bytesPerToken, long limit) {
        long tokens = Math.max(STEP, limit / bytesPerToken / STEP * STEP);
        int context = (int) Math.min(wantedContext, tokens);
        int slots = (int) Math.clamp(tokens / context, 1, wantedSlots);
        return new CacheSize(slots, context, bytesPerToken * slots * context);
    }
}

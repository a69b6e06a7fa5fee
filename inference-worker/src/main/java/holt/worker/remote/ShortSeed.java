package holt.worker.remote;

/** Seeds that every engine takes: of 31 bits. */
public final class ShortSeed {
    private static final long BITS = 0x7fff_ffff;

    private ShortSeed() {}

    public static long of(long seed) {
        return seed & BITS;
    }
}

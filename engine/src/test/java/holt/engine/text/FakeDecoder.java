package holt.engine.text;

import holt.engine.decoder.Decoder;
import holt.engine.decoder.Logits;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Says 1, 2, 3, ... after whatever it reads; each step needs a permit. */
final class FakeDecoder implements Decoder {
    static final int VOCABULARY = 100;

    final Semaphore permits = new Semaphore(0);
    final AtomicReference<@Nullable RuntimeException> nextFailure = new AtomicReference<>();
    volatile boolean closed;

    /** Of a step; beyond, memory is short. */
    volatile int mostTokens = Integer.MAX_VALUE;

    /** {@code source>target:length} of each. */
    final List<String> copies = new CopyOnWriteArrayList<>();

    @Override
    public int vocabulary() {
        return VOCABULARY;
    }

    @Override
    public void copy(int source, int target, int length) {
        copies.add(source + ">" + target + ":" + length);
    }

    @Override
    public int slots() {
        return 2;
    }

    @Override
    public int contextLength() {
        return 50;
    }

    @Override
    public void useThisThread() {}

    @Override
    public Logits step(long[] tokens, long[] positions, long[] slots) {
        permits.acquireUninterruptibly();
        RuntimeException failure = nextFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        if (tokens.length > mostTokens) {
            throw new IllegalStateException("CUDA out of memory. Tried to allocate");
        }
        float[] values = new float[slots.length * VOCABULARY];
        int width = tokens.length / slots.length;
        for (int row = 0; row < slots.length; row++) {
            long last = tokens[(row + 1) * width - 1];
            values[row * VOCABULARY + (int) Math.min(last + 1, VOCABULARY - 1)] = 1;
        }
        return new Logits(values, VOCABULARY);
    }

    @Override
    public void close() {
        closed = true;
    }
}

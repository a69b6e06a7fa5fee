package holt.engine.text;

import holt.engine.decoder.Decoder;
import holt.engine.decoder.Logits;
import holt.engine.decoder.Slot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Predicts the last token plus 1. Each step needs a permit. */
final class FakeDecoder implements Decoder {
    static final int VOCABULARY = 100;

    final Semaphore permits = new Semaphore(0);
    final AtomicReference<@Nullable RuntimeException> nextFailure = new AtomicReference<>();
    volatile boolean closed;

    /** The most tokens of a step. With more, the device is out of memory. */
    volatile int maxTokens = Integer.MAX_VALUE;

    /** The score of the predicted token. */
    volatile float score = 1;

    /** The copies so far, each as {@code source>target:length}. */
    final List<String> copies = new CopyOnWriteArrayList<>();

    @Override
    public int vocabulary() {
        return VOCABULARY;
    }

    @Override
    public void copy(Slot source, Slot target, int length) {
        copies.add(source.index() + ">" + target.index() + ":" + length);
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
    public Logits stepWhole(long[] tokens, long[] positions, long[] slots) {
        return step(tokens, positions, new long[tokens.length]);
    }

    @Override
    public Logits step(long[] tokens, long[] positions, long[] slots) {
        permits.acquireUninterruptibly();
        RuntimeException failure = nextFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
        if (tokens.length > maxTokens) {
            throw new IllegalStateException("CUDA out of memory. Tried to allocate");
        }
        float[] values = new float[slots.length * VOCABULARY];
        int width = tokens.length / slots.length;
        for (int row = 0; row < slots.length; row++) {
            long last = tokens[(row + 1) * width - 1];
            values[row * VOCABULARY + (int) Math.min(last + 1, VOCABULARY - 1)] = score;
        }
        return new Logits(values, VOCABULARY);
    }

    @Override
    public void close() {
        closed = true;
    }
}

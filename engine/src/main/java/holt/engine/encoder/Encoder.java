package holt.engine.encoder;

import java.util.List;

/** A loaded network that gives one vector for each input. Used by one thread at a time. */
public interface Encoder extends AutoCloseable {
    EncoderFacts facts();

    /** Prepares the calling thread, which calls {@link #encode} from now on. */
    void useThisThread();

    /**
     * Encodes some inputs in one pass.
     *
     * @param inputs the token ids of each, at least one and at most {@link EncoderFacts#maxTokens}
     * @param layerDone called after each layer of the network
     * @return the pooled vectors in the same order
     */
    List<float[]> encode(List<long[]> inputs, Runnable layerDone);

    @Override
    void close();
}

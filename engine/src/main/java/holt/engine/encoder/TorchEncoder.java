package holt.engine.encoder;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import holt.engine.torch.TorchModule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** An encoder in libtorch: a TorchScript module with {@code begin}, {@code layer} and {@code pooled}. */
public final class TorchEncoder implements Encoder {
    private final TorchModule module;
    private final EncoderFacts facts;
    private final Pooling pooling;
    private final int threads;

    /**
     * @param module with its weights; closed by {@link #close}
     * @param threads CPU cores of a pass; 0 = all
     */
    public TorchEncoder(TorchModule module, EncoderFacts facts, Pooling pooling, int threads) {
        this.module = module;
        this.facts = facts;
        this.pooling = pooling;
        this.threads = TorchModule.orCores(threads);
    }

    @Override
    public EncoderFacts facts() {
        return facts;
    }

    @Override
    public void useThisThread() {
        TorchModule.useThisThread(threads);
    }

    @Override
    public List<float[]> encode(List<long[]> inputs, Runnable layerDone) {
        int width = inputs.stream().mapToInt(input -> input.length).max().orElseThrow();
        module.call(
                "begin",
                IValue.listFrom(padded(inputs, width)),
                IValue.listFrom(inputs.stream().mapToLong(input -> input.length).toArray()));
        for (int i = 0; i < facts.layers(); i++) {
            module.call("layer", IValue.from(i));
            layerDone.run();
        }
        try (NDManager scope = module.manager().newSubManager();
                IValue result = module.run("pooled", IValue.from(pooling.label()))) {
            float[] all = result.toTensor((PtNDManager) scope).toFloatArray();
            return IntStream.range(0, inputs.size())
                    .mapToObj(row ->
                            Arrays.copyOfRange(all, row * facts.width(), (row + 1) * facts.width()))
                    .toList();
        }
    }

    /** Any token does as padding, since no other token sees it. */
    private static long[] padded(List<long[]> inputs, int width) {
        long[] tokens = new long[inputs.size() * width];
        for (int row = 0; row < inputs.size(); row++) {
            long[] input = inputs.get(row);
            System.arraycopy(input, 0, tokens, row * width, input.length);
        }
        return tokens;
    }

    @Override
    public void close() {
        module.close();
    }
}

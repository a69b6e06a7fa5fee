package holt.engine.diffusion;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.torch.TorchModule;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;

/** One network of a diffusion model in libtorch, with arrays in and out. Used by one thread at a time. */
final class Network implements AutoCloseable {
    private final TorchModule module;

    private Network(TorchModule module) {
        this.module = module;
    }

    /** A tensor as an array, row-major. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbers(float[] values, long... shape) {}

    /**
     * Checks the weights and loads them into a module.
     *
     * @param configuration calls the module's methods that must come before its weights
     */
    static Network load(
            String name,
            String device,
            Configuration configuration,
            ExpectedTensors expected,
            Map<String, StoredTensor> weights) {
        expected.check(weights, name);
        TorchModule module = TorchModule.load(Network.class, name + ".pt", device);
        try {
            configuration.apply(module);
            weights.forEach(module::put);
            return new Network(module);
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /** Configures a module. */
    @FunctionalInterface
    interface Configuration {
        void apply(TorchModule module);
    }

    /** Calls a method that takes tensors and returns one, row-major. */
    float[] run(String method, Numbers... inputs) {
        try (NDManager scope = module.manager().newSubManager();
                IValue result = module.run(method, tensors(scope, inputs))) {
            return result.toTensor((PtNDManager) scope).toFloatArray();
        }
    }

    /** Calls a method that takes token ids and a position and returns several tensors. */
    float[][] run(String method, long[] ids, int position) {
        try (NDManager scope = module.manager().newSubManager();
                IValue result = module.run(method, IValue.listFrom(ids), IValue.from(position))) {
            return Arrays.stream(result.toTensorArray((PtNDManager) scope))
                    .map(PtNDArray::toFloatArray)
                    .toArray(float[][]::new);
        }
    }

    private static IValue[] tensors(NDManager scope, Numbers... inputs) {
        return Arrays.stream(inputs)
                .map(input ->
                        IValue.from(
                                ((PtNDManager) scope)
                                        .create(
                                                FloatBuffer.wrap(input.values()),
                                                new Shape(input.shape()),
                                                DataType.FLOAT32)))
                .toArray(IValue[]::new);
    }

    @Override
    public void close() {
        module.close();
    }
}

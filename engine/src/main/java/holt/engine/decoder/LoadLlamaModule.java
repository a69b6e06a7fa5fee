package holt.engine.decoder;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import holt.engine.encoder.EncoderOptions;
import holt.engine.torch.TorchModule;
import java.util.List;
import java.util.stream.Stream;

/** Loads the TorchScript module of the Llama layout with its weights and its key/value cache. */
final class LoadLlamaModule {
    private LoadLlamaModule() {}

    static TorchModule of(
            DecoderWeights weights, DecoderConfig config, DecoderOptions options, CacheSize cache) {
        TorchModule module = TorchModule.load(LoadLlamaModule.class, "llama.pt", options.device());
        try {
            configure(module, config, options.dtype(), options.threads());
            putWeights(module, weights, config.layers(), true);
            attachCache(module, config, cache, options.dtype());
            return module;
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    /** Without output head and cache. */
    static TorchModule forEmbeddings(
            DecoderWeights weights, DecoderConfig config, EncoderOptions options) {
        TorchModule module = TorchModule.load(LoadLlamaModule.class, "llama.pt", options.device());
        try {
            configure(module, config, options.dtype(), options.threads());
            putWeights(module, weights, config.layers(), false);
            return module;
        } catch (RuntimeException e) {
            module.close();
            throw e;
        }
    }

    private static void configure(
            TorchModule module, DecoderConfig config, String dtype, int threads) {
        module.call(
                "configure",
                IValue.from(config.heads()),
                IValue.from(config.keyValueHeads()),
                IValue.from(config.headSize()),
                IValue.from(config.epsilon()),
                IValue.from(dtype),
                IValue.from(TorchModule.orCores(threads)));
        RotaryScaling scaling = config.rotaryScaling();
        module.call(
                "rotary",
                IValue.from(config.rotarySize()),
                IValue.from(scaling.kind()),
                IValue.from(config.rotaryBase()),
                IValue.from(scaling.factor()),
                IValue.from(scaling.lowFrequency()),
                IValue.from(scaling.highFrequency()),
                IValue.from(scaling.trained()),
                IValue.listFrom(
                        scaling.divisors().stream().mapToDouble(Double::doubleValue).toArray()),
                IValue.from(scaling.scale()));
        vary(module, config.layout());
    }

    private static void vary(TorchModule module, DecoderLayout layout) {
        module.call(
                "vary",
                IValue.from(layout.gelu()),
                IValue.from(layout.norms().after()),
                IValue.from(layout.normOffset()),
                IValue.from(layout.scales().embedding()),
                IValue.from(layout.scales().attention()),
                IValue.from(layout.scales().residual()),
                IValue.from(layout.scales().logitsDivisor()));
        if (layout.sliding() != null) {
            List<Boolean> layers = layout.sliding().layers();
            boolean[] slides = new boolean[layers.size()];
            for (int i = 0; i < slides.length; i++) {
                slides[i] = layers.get(i);
            }
            module.call(
                    "slide",
                    IValue.from(layout.sliding().window()),
                    IValue.from(layout.sliding().rotaryBase()),
                    IValue.listFrom(slides));
        }
        if (layout.experts() != null) {
            module.call(
                    "mix",
                    IValue.from(layout.experts().used()),
                    IValue.from(layout.experts().normalised()));
        }
    }

    private static void putWeights(
            TorchModule module, DecoderWeights weights, int layers, boolean headed) {
        for (int i = 0; i < layers; i++) {
            weights.layer(i).forEach(module::put);
            module.call("add_layer", IValue.from(i));
        }
        weights.outside().forEach(module::put);
        module.call("finish", IValue.from(headed));
    }

    private static void attachCache(
            TorchModule module, DecoderConfig config, CacheSize cache, String dtype) {
        Shape shape =
                new Shape(
                        cache.slots(),
                        config.keyValueHeads(),
                        cache.contextLength(),
                        config.headSize());
        // bf16 never crosses JNI: the module converts fp16.
        DataType type = dtype.equals("bf16") ? DataType.FLOAT16 : DataType.FLOAT32;
        PtNDArray[] keys = allocate(module, shape, type, config.layers());
        PtNDArray[] values = allocate(module, shape, type, config.layers());
        module.call("attach", IValue.listFrom(keys), IValue.listFrom(values));
        Stream.of(keys, values).flatMap(Stream::of).forEach(PtNDArray::close);
    }

    private static PtNDArray[] allocate(TorchModule module, Shape shape, DataType type, int count) {
        PtNDArray[] arrays = new PtNDArray[count];
        for (int i = 0; i < count; i++) {
            arrays[i] = module.manager().create(shape, type);
        }
        return arrays;
    }
}

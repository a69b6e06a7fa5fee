package holt.engine.decoder;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.torch.DeviceMemory;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A decoder of the Llama layout in libtorch. {@code holt_llama.py} has the arithmetic. */
public final class TorchDecoder implements Decoder {
    private static final Logger log = LoggerFactory.getLogger(TorchDecoder.class);

    /** The smallest useful context, in tokens. Without memory for it, a model is not loaded. */
    private static final long SHORT_CHAT = 512;

    private final TorchModule module;
    private final DecoderConfig config;
    private final String device;
    private final CacheSize cache;
    private final long parameters;
    private final boolean packed;
    private final int threads;

    private TorchDecoder(
            TorchModule module,
            DecoderConfig config,
            DecoderOptions options,
            CacheSize cache,
            long parameters) {
        this.module = module;
        this.config = config;
        device = options.device();
        packed = options.dtype().equals("fp16");
        threads = packed ? 1 : TorchModule.orCores(options.threads());
        this.cache = cache;
        this.parameters = parameters;
        DeviceMemory.reserve(device, cache.bytes());
    }

    /**
     * Loads the configuration and the weights of a model. It copies all weights, so the files may go away afterwards.
     *
     * @throws UnloadableModelException if the folder cannot be loaded, or the device has too little memory
     */
    public static TorchDecoder load(Path folder, DecoderOptions options) {
        DecoderConfig config = DecoderConfig.read(folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            DecoderWeights weights = new DecoderWeights(checkpoint, config);
            var budget =
                    new KvBudget(
                            folder.toString(),
                            options.device(),
                            DeviceMemory.free(options.device()),
                            weights.bytes(options.dtype()));
            CacheSize cache = cacheSize(config, options, budget);
            TorchModule module = TorchModule.load(TorchDecoder.class, "llama.pt", options.device());
            try {
                configure(module, config, options);
                putWeights(module, weights, config.layers());
                attachCache(module, config, cache, options.dtype());
            } catch (RuntimeException e) {
                module.close();
                throw e;
            }
            return new TorchDecoder(module, config, options, cache, weights.parameters());
        }
    }

    private static CacheSize cacheSize(
            DecoderConfig config, DecoderOptions options, KvBudget budget) {
        // bf16 caches take half of this, but a temporary fp16 copy takes the rest while they are
        // made.
        long bytesPerToken =
                2L * config.layers() * config.keyValueHeads() * config.headSize() * Float.BYTES;
        int context = Math.min(config.contextLength(), options.maxContext());
        long limit =
                budget.grant(Math.min(context, SHORT_CHAT) * bytesPerToken, options.cacheBytes());
        CacheSize cache = CacheSize.fit(options.slots(), context, bytesPerToken, limit);
        log.atInfo()
                .addKeyValue("model", budget.model())
                .addKeyValue("device", budget.device())
                .addKeyValue("freeBytes", budget.free().orElse(-1))
                .addKeyValue("weightBytes", budget.weights())
                .addKeyValue("limitBytes", limit)
                .addKeyValue("slots", cache.slots())
                .addKeyValue("slotsWanted", options.slots())
                .addKeyValue("contextLength", cache.contextLength())
                .addKeyValue("contextLengthOfModel", config.contextLength())
                .addKeyValue("bytes", cache.bytes())
                .log("Key/value cache sized");
        return cache;
    }

    private static void configure(
            TorchModule module, DecoderConfig config, DecoderOptions options) {
        module.call(
                "configure",
                IValue.from(config.heads()),
                IValue.from(config.keyValueHeads()),
                IValue.from(config.headSize()),
                IValue.from(config.epsilon()),
                IValue.from(options.dtype()),
                IValue.from(TorchModule.orCores(options.threads())));
        RotaryScaling scaling = config.rotaryScaling();
        module.call(
                "rotary",
                IValue.from(scaling.kind()),
                IValue.from(config.rotaryBase()),
                IValue.from(scaling.factor()),
                IValue.from(scaling.lowFrequency()),
                IValue.from(scaling.highFrequency()),
                IValue.from(scaling.trained()));
    }

    private static void putWeights(TorchModule module, DecoderWeights weights, int layers) {
        for (int i = 0; i < layers; i++) {
            weights.layer(i).forEach(module::put);
            module.call("add_layer", IValue.from(i));
        }
        weights.outside().forEach(module::put);
        module.call("finish");
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

    /** The architecture's name, as in config.json. */
    public String architecture() {
        return config.architecture();
    }

    /** The number of parameters; a tied output head counts once. */
    public long parameters() {
        return parameters;
    }

    @Override
    public int slots() {
        return cache.slots();
    }

    @Override
    public int vocabulary() {
        return config.vocabulary();
    }

    @Override
    public int contextLength() {
        return cache.contextLength();
    }

    @Override
    public void useThisThread() {
        TorchModule.useThisThread(threads);
    }

    @Override
    public Logits step(long[] tokens, long[] positions, long[] slots) {
        if (packed) {
            // The module distributes the cores. Its forked threads use the last number that was
            // set.
            TorchModule.useThreads(threads);
        }
        try (NDManager scope = module.manager().newSubManager();
                IValue result =
                        module.run(
                                "step",
                                IValue.listFrom(tokens),
                                IValue.listFrom(positions),
                                IValue.listFrom(slots))) {
            float[] values = result.toTensor((PtNDManager) scope).toFloatArray();
            return new Logits(values, config.vocabulary());
        }
    }

    @Override
    public void copy(Slot source, Slot target, int length) {
        module.call(
                "copy",
                IValue.from(source.index()),
                IValue.from(target.index()),
                IValue.from(length));
    }

    @Override
    public void close() {
        module.close();
        DeviceMemory.release(device, cache.bytes());
    }
}

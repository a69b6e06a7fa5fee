package holt.engine.decoder;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.torch.DeviceMemory;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
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
            TorchModule module = LoadLlamaModule.of(weights, config, options, cache);
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
        return step(tokens, positions, slots, false);
    }

    @Override
    public Logits stepWhole(long[] tokens, long[] positions, long[] slots) {
        return step(tokens, positions, slots, true);
    }

    private Logits step(long[] tokens, long[] positions, long[] slots, boolean whole) {
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
                                IValue.listFrom(slots),
                                IValue.from(whole))) {
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

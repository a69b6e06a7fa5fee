package holt.engine.text;

import org.jspecify.annotations.Nullable;

/**
 * How a model is loaded.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32}, {@code fp16} (packed weights, CPU only), {@code bf16}; null = fp16 on a CPU, bf16 on a GPU
 * @param maxBatch requests that run at once, at most
 * @param keptPrompts of so many that have ended, the keys and values are kept for others that begin alike; given up first where memory is short
 * @param maxContext tokens of prompt and answer at most, whatever the model allows
 * @param cacheBytes limit of the key/value cache; slots are given up first, then context; 0 = a share of what the device has left
 * @param prefillChunk tokens of a prompt that one step reads; others' answers pause that long
 * @param threads CPU cores of a step; 0 = all
 */
public record TextModelOptions(
        String device,
        @Nullable String dtype,
        int maxBatch,
        int keptPrompts,
        int maxContext,
        long cacheBytes,
        int prefillChunk,
        int threads) {

    public TextModelOptions {
        if (!device.matches("auto|cpu|cuda:\\d{1,3}")) {
            throw new IllegalArgumentException("device must be auto, cpu or cuda:N, not " + device);
        }
        if (dtype != null && !dtype.matches("fp32|fp16|bf16")) {
            throw new IllegalArgumentException("dtype must be fp32, fp16 or bf16, not " + dtype);
        }
        if (maxBatch < 1 || maxContext < 1 || prefillChunk < 1) {
            throw new IllegalArgumentException(
                    "maxBatch, maxContext and prefillChunk must be at least 1");
        }
        if (keptPrompts < 0 || cacheBytes < 0 || threads < 0) {
            throw new IllegalArgumentException(
                    "keptPrompts, cacheBytes and threads must be at least 0");
        }
    }

    /** 16 requests at once, the prompts of as many more, the model's context, as far as the device's memory goes. */
    public static TextModelOptions of(String device, @Nullable String dtype) {
        return new TextModelOptions(device, dtype, 16, 16, Integer.MAX_VALUE, 0, 128, 0);
    }

    public TextModelOptions withMaxBatch(int requests) {
        return new TextModelOptions(
                device,
                dtype,
                requests,
                keptPrompts,
                maxContext,
                cacheBytes,
                prefillChunk,
                threads);
    }

    public TextModelOptions withKeptPrompts(int prompts) {
        return new TextModelOptions(
                device, dtype, maxBatch, prompts, maxContext, cacheBytes, prefillChunk, threads);
    }

    public TextModelOptions withMaxContext(int tokens) {
        return new TextModelOptions(
                device, dtype, maxBatch, keptPrompts, tokens, cacheBytes, prefillChunk, threads);
    }

    public TextModelOptions withCacheBytes(long bytes) {
        return new TextModelOptions(
                device, dtype, maxBatch, keptPrompts, maxContext, bytes, prefillChunk, threads);
    }

    public TextModelOptions withPrefillChunk(int tokens) {
        return new TextModelOptions(
                device, dtype, maxBatch, keptPrompts, maxContext, cacheBytes, tokens, threads);
    }

    public TextModelOptions withThreads(int count) {
        return new TextModelOptions(
                device, dtype, maxBatch, keptPrompts, maxContext, cacheBytes, prefillChunk, count);
    }
}

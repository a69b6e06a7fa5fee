package holt.engine.text;

import holt.engine.text.tools.CallFamily;
import org.jspecify.annotations.Nullable;

/**
 * How to load a text model.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}
 * @param dtype {@code fp32}, {@code fp16} (packed weights, CPU only), {@code bf16}; null = fp16 on a CPU, bf16 on a GPU
 * @param maxBatch the most completions that run at once
 * @param keptPrompts the most ended sequences whose keys and values stay in the cache for prompts with the same beginning; the
 *     first to go when memory is short
 * @param maxContext the most tokens of prompt and completion together, even if the model allows more
 * @param cacheBytes limit of the key/value cache; a small limit first reduces the slots, then the context; 0 = a share of
 *     the device's free memory
 * @param prefillChunk the most prompt tokens that one step reads; other completions pause for that step
 * @param threads CPU cores of a step; 0 = all
 * @param calls the syntax of the model's tool calls; null = as its chat template writes them
 */
public record TextModelOptions(
        String device,
        @Nullable String dtype,
        int maxBatch,
        int keptPrompts,
        int maxContext,
        long cacheBytes,
        int prefillChunk,
        int threads,
        @Nullable CallFamily calls) {

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

    /** 16 completions at once, 16 kept prompts and the model's context, as far as the device's memory allows. */
    public static TextModelOptions of(String device, @Nullable String dtype) {
        return new TextModelOptions(device, dtype, 16, 16, Integer.MAX_VALUE, 0, 128, 0, null);
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
                threads,
                calls);
    }

    public TextModelOptions withKeptPrompts(int prompts) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                prompts,
                maxContext,
                cacheBytes,
                prefillChunk,
                threads,
                calls);
    }

    public TextModelOptions withMaxContext(int tokens) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                keptPrompts,
                tokens,
                cacheBytes,
                prefillChunk,
                threads,
                calls);
    }

    public TextModelOptions withCacheBytes(long bytes) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                keptPrompts,
                maxContext,
                bytes,
                prefillChunk,
                threads,
                calls);
    }

    public TextModelOptions withPrefillChunk(int tokens) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                keptPrompts,
                maxContext,
                cacheBytes,
                tokens,
                threads,
                calls);
    }

    public TextModelOptions withThreads(int count) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                keptPrompts,
                maxContext,
                cacheBytes,
                prefillChunk,
                count,
                calls);
    }

    public TextModelOptions withCalls(@Nullable CallFamily family) {
        return new TextModelOptions(
                device,
                dtype,
                maxBatch,
                keptPrompts,
                maxContext,
                cacheBytes,
                prefillChunk,
                threads,
                family);
    }
}

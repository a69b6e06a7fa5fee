package holt.worker;

import holt.engine.text.tools.CallFamily;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a worker serves, and how.
 *
 * @param models to serve; empty: all models of {@code holt.models.directory} and the built-in ones
 * @param device of models that name none: {@code auto}, {@code cpu} or {@code cuda:N}
 * @param slots jobs at once of a chat model that names no number
 * @param keptPrompts ended chats whose KV cache each model keeps
 * @param cacheMemory most memory for the KV cache of each chat model; null: a share of the device's free memory
 * @param threads CPU threads of the engines; 0: all cores
 * @param maxTokens limit of an answer if the client names none; the context's rest also ends it
 * @param modelSampling whether a model's own files say how to sample where a client says nothing
 * @param attempts of a job before it is given up
 * @param stuckAfter the process exits after this time without an engine step while there is work
 * @param grace time for running jobs to end after SIGTERM; then the worker hands them back
 */
@ConfigurationProperties("holt.worker")
public record WorkerSettings(
        @DefaultValue List<Model> models,
        @DefaultValue("auto") String device,
        @DefaultValue("8") int slots,
        @DefaultValue("8") int keptPrompts,
        @Nullable DataSize cacheMemory,
        @DefaultValue("0") int threads,
        @DefaultValue("4096") int maxTokens,
        @DefaultValue("true") boolean modelSampling,
        @DefaultValue("3") int attempts,
        @DefaultValue("60s") Duration stuckAfter,
        @DefaultValue("60s") Duration grace) {

    /**
     * One model.
     *
     * @param name for clients; null: the folder's name
     * @param path of its folder or GGUF file
     * @param dtype null: the device's default
     * @param calls the syntax in which it writes tool calls; null: its chat template tells
     */
    public record Model(
            @Nullable String name,
            Path path,
            @Nullable String device,
            @Nullable String dtype,
            @Nullable Integer slots,
            @Nullable CallFamily calls) {}

    public WorkerSettings {
        models = List.copyOf(models);
        require(slots >= 1 && slots <= 512, "slots", "1 to 512");
        require(keptPrompts >= 0 && keptPrompts <= 512, "kept-prompts", "0 to 512");
        require(
                cacheMemory == null || cacheMemory.toBytes() > 0,
                "cache-memory",
                "a size such as 4GB");
        require(maxTokens >= 1, "max-tokens", "1 or more");
        require(attempts >= 1, "attempts", "1 or more");
    }

    /** {@link #cacheMemory} in bytes; 0: a share. */
    long cacheBytes() {
        return cacheMemory == null ? 0 : cacheMemory.toBytes();
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "holt.worker." + key + ": " + expected + " expected");
        }
    }
}

package holt.worker;

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
 * @param models to serve; without any, all folders of {@code holt.models.directory} and the built-in ones
 * @param device for models that name none: {@code auto}, {@code cpu} or {@code cuda:N}
 * @param slots jobs that run at once, for models that name no number
 * @param keptPrompts of so many chats that have ended, each model keeps what it has read, for the next turn or a common beginning
 * @param cacheMemory of each chat model's keys and values at most; null: a share of what the device has left
 * @param threads CPU threads of the engines; 0: as many as there are cores
 * @param maxTokens written at most where the client names no number
 * @param attempts how often a job may be tried before it is given up
 * @param stuckAfter without an engine step, with work before it, the process ends so that its jobs move on
 * @param grace how long running jobs may take to end when the worker is told to stop; then they are handed back
 */
@ConfigurationProperties("holt.worker")
public record WorkerSettings(
        @DefaultValue List<Model> models,
        @DefaultValue("auto") String device,
        @DefaultValue("8") int slots,
        @DefaultValue("8") int keptPrompts,
        @Nullable DataSize cacheMemory,
        @DefaultValue("0") int threads,
        @DefaultValue("1024") int maxTokens,
        @DefaultValue("3") int attempts,
        @DefaultValue("60s") Duration stuckAfter,
        @DefaultValue("60s") Duration grace) {

    /**
     * One model.
     *
     * @param name as clients write it; default: the folder's name
     * @param path its folder
     * @param dtype null: the device's default
     */
    public record Model(
            @Nullable String name,
            Path path,
            @Nullable String device,
            @Nullable String dtype,
            @Nullable Integer slots) {}

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

    /** Bytes of {@link #cacheMemory}; 0: a share. */
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

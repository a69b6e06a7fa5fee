package holt.worker;

import holt.worker.remote.EngineSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The engines that run elsewhere, and whether this worker has models of its own as well.
 *
 * @param engines whose models the worker serves
 * @param folders whether it also loads all models of the folders; null: only if it names no engine
 */
@ConfigurationProperties("holt.worker")
public record RemoteSettings(
        @DefaultValue List<EngineSettings> engines, @Nullable Boolean folders) {
    public RemoteSettings {
        engines = List.copyOf(engines);
    }

    boolean loadsFolders() {
        return folders == null ? engines.isEmpty() : folders;
    }
}

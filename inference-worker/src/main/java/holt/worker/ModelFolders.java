package holt.worker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where models lie: each sub-folder with a {@code config.json} or a GGUF file (a chat model) or a {@code model_index.json} (an image model) is one, and
 * each GGUF file.
 *
 * @param directory the operator's
 * @param builtIn those that come with Holt
 */
@ConfigurationProperties("holt.models")
public record ModelFolders(@Nullable Path directory, @Nullable Path builtIn) {}

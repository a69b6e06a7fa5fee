package holt.worker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The folders with models. A chat model is a GGUF file, or a sub-folder with a {@code config.json} or a GGUF file. An image model is a
 * sub-folder with a {@code model_index.json}.
 *
 * @param directory of the operator's models
 * @param builtIn of the models that come with Holt
 */
@ConfigurationProperties("holt.models")
public record ModelFolders(@Nullable Path directory, @Nullable Path builtIn) {}

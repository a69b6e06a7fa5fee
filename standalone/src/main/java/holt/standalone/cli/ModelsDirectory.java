package holt.standalone.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the folder of the models that did not come with Holt. */
final class ModelsDirectory {
    private static final String SETTING = "HOLT_MODELS_DIRECTORY";

    private ModelsDirectory() {}

    /**
     * Returns the folder that the command line names, else that of the setting, else {@code models} in the data directory. It need not
     * exist.
     *
     * @param named on the command line; null: none
     */
    static Path of(@Nullable Path named, Path data) {
        if (named != null) {
            return named;
        }
        String set = System.getenv().getOrDefault(SETTING, "");
        return set.isEmpty() ? data.resolve("models") : Path.of(set);
    }
}

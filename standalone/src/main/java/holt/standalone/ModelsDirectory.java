package holt.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where models lie that did not come with Holt. */
final class ModelsDirectory {
    private static final String SETTING = "HOLT_MODELS_DIRECTORY";

    private ModelsDirectory() {}

    /**
     * The one that the command line names, else the setting's, else {@code models} in the data directory. It need not be there.
     *
     * @param named null: none
     */
    static Path of(@Nullable Path named, Path data) {
        if (named != null) {
            return named;
        }
        String set = System.getenv().getOrDefault(SETTING, "");
        return set.isEmpty() ? data.resolve("models") : Path.of(set);
    }
}

package holt.standalone.hub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A model on a hub, or one file of it.
 *
 * @param file a GGUF file at the model's root, or one of the files of one model; null: all files that Holt reads
 * @param revision a branch, a tag or a commit
 */
public record HubModel(String organisation, String name, @Nullable String file, String revision) {
    private static final Pattern ENDING = Pattern.compile("(?i)(-\\d{5}-of-\\d{5})?\\.gguf$");
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._-]{0,95}";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<organisation>%s)/(?<name>%s)(?:/(?<file>%s\\.(?i:gguf)))?(?:@(?<revision>[A-Za-z0-9][A-Za-z0-9._/-]{0,200}))?"
                            .formatted(WORD, WORD, WORD));

    /** Reads {@code ORG/NAME[/FILE.gguf][@REVISION]}. The default revision is {@code main}. */
    public static Optional<HubModel> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String revision = parts.group("revision");
        return Optional.of(
                new HubModel(
                        parts.group("organisation"),
                        parts.group("name"),
                        parts.group("file"),
                        revision == null ? "main" : revision));
    }

    String id() {
        return organisation + "/" + name;
    }

    /** The name of the model's folder on disk. */
    String folder() {
        return organisation + "--" + (file == null ? name : model(file));
    }

    /** The name of the model in a GGUF file of that name. Files of one model have one. */
    static String model(String file) {
        return ENDING.matcher(file).replaceFirst("");
    }
}

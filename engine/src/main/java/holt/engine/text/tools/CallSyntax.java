package holt.engine.text.tools;

/**
 * The text of one call: the prefix, then a JSON object, then the suffix. The object has the key {@code name}, then a key for
 * the arguments, whose value is an object.
 *
 * @param prefix may spell a special token of the model
 * @param argumentsKey the key of the arguments
 */
public record CallSyntax(String prefix, String argumentsKey, String suffix) {
    /** The text of a call. */
    public String of(String name, String arguments) {
        return "%s{\"name\": \"%s\", \"%s\": %s}%s"
                .formatted(prefix, name, argumentsKey, arguments, suffix);
    }
}

package holt.engine.text.tools;

import org.jspecify.annotations.Nullable;

/**
 * The text of one call: a prefix, a JSON object, a suffix. The object has the key {@code name}, then a key for the arguments, whose value is an
 * object. In other syntaxes the name ends the prefix, and the object is the arguments themselves.
 *
 * @param beforeName may spell special tokens of the model
 * @param afterName null: the JSON object has the name
 * @param argumentsKey the key of the arguments; null: the name ends the prefix
 * @param suffix may spell special tokens of the model
 */
public record CallSyntax(
        String beforeName,
        @Nullable String afterName,
        @Nullable String argumentsKey,
        String suffix) {
    static CallSyntax of(String prefix, String argumentsKey, String suffix) {
        return new CallSyntax(prefix, null, argumentsKey, suffix);
    }

    static CallSyntax named(String beforeName, String afterName, String suffix) {
        return new CallSyntax(beforeName, afterName, null, suffix);
    }

    /** What stands before the JSON object. */
    public String prefix(String name) {
        return afterName == null ? beforeName : beforeName + name + afterName;
    }

    /** The text of a call. */
    public String of(String name, String arguments) {
        String json =
                argumentsKey == null
                        ? arguments
                        : "{\"name\": \"%s\", \"%s\": %s}".formatted(name, argumentsKey, arguments);
        return prefix(name) + json + suffix;
    }
}

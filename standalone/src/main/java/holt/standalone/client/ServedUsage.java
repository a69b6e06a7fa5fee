package holt.standalone.client;

/**
 * What a caller used of a model, as a running Holt shows it.
 *
 * @param key the id of the caller's key
 */
public record ServedUsage(
        String caller,
        String key,
        String model,
        long jobs,
        long failed,
        long promptTokens,
        long completionTokens,
        long images,
        double runSeconds) {

    /** The use of both hours. */
    public ServedUsage plus(ServedUsage other) {
        return new ServedUsage(
                caller,
                key,
                model,
                jobs + other.jobs,
                failed + other.failed,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                images + other.images,
                runSeconds + other.runSeconds);
    }
}

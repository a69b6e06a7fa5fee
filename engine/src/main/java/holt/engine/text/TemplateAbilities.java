package holt.engine.text;

/**
 * What a chat template can do.
 *
 * @param knowsTools it writes the tools
 * @param knowsSystem it writes a system turn
 * @param knowsDeveloper it has a role {@code developer}
 * @param takesNoContent an assistant turn with calls can have no content
 * @param takesAnyId ids of calls can have any length
 */
record TemplateAbilities(
        boolean knowsTools,
        boolean knowsSystem,
        boolean knowsDeveloper,
        boolean takesNoContent,
        boolean takesAnyId) {}

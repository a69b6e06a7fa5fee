package holt.protocol;

/**
 * A model's call of a tool. The arguments stay out of logs.
 *
 * @param id which the tool's result names
 * @param name of the function
 * @param arguments JSON as the model wrote it. It need not be valid
 */
public record ToolCall(String id, String name, String arguments) {
    @Override
    public String toString() {
        return "ToolCall[" + name + ", " + arguments.length() + " characters]";
    }
}

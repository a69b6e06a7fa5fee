package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.Outcome;
import holt.protocol.OutputFormat;
import holt.protocol.Task;
import org.jspecify.annotations.Nullable;

/** Refuses what an OpenAI-compatible engine would ignore. */
final class RefuseFields {
    private RefuseFields() {}

    /**
     * Null: nothing is refused.
     *
     * @param llama whether llama.cpp's server runs the task
     */
    static Outcome.@Nullable Failed of(Task task, boolean llama) {
        return switch (task) {
            case Task.Chat chat when llama && chat.format() instanceof OutputFormat.Regex ->
                    refused("structured_outputs", "knows no regex");
            case Task.Complete complete when llama && complete.echo() ->
                    refused("echo", "repeats no prompt");
            case Task.Embed embed when embed.promptName() != null ->
                    refused("prompt_name", "knows no named prompts");
            case Task.Embed embed when llama && embed.cutTo() != null ->
                    refused("truncate_prompt_tokens", "cuts no input");
            case Task.Chat _, Task.Complete _, Task.Embed _, Task.Images _ -> null;
        };
    }

    private static Outcome.Failed refused(String field, String why) {
        return new Outcome.Failed(
                Failure.UNSUPPORTED_PARAMETER, field + ": the model's engine " + why, field);
    }
}

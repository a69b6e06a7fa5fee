package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model's chat template says of the model's output.
 *
 * @param thinks whether the model writes its reasoning between think tags
 * @param family the syntax of its calls
 */
public record OutputFormat(boolean thinks, CallFamily family) {
    /** @param family overrides what the template says; null = as the template says */
    public static OutputFormat of(String template, @Nullable CallFamily family) {
        return new OutputFormat(
                template.contains(ReasoningParser.CLOSE),
                family == null ? CallFamily.of(template) : family);
    }

    /** The same for text that is no answer to a chat. */
    public OutputFormat plain() {
        return new OutputFormat(false, family);
    }

    /** Whether a prompt ends with an open think tag, so that the model goes on with its reasoning. */
    public boolean opensReasoning(String prompt) {
        return thinks && prompt.stripTrailing().endsWith(ReasoningParser.OPEN);
    }

    /** The texts that matter to the parser, which may be special tokens of the model. */
    public List<String> markers(boolean calls) {
        List<String> markers = new ArrayList<>();
        if (thinks) {
            markers.addAll(List.of(ReasoningParser.OPEN, ReasoningParser.CLOSE));
        }
        if (calls) {
            markers.addAll(family.markers());
        }
        return markers;
    }
}

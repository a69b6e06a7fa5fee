package holt.engine.text.tools;

import java.util.List;

/** A syntax in which models write tool calls. */
public enum CallFamily {
    /** Hermes, Qwen 2.5 and 3: a JSON object between tags. */
    HERMES(
            "<tool_call>",
            "</tool_call>",
            false,
            new CallSyntax("<tool_call>\n", "arguments", "\n</tool_call>")),

    /** Llama 3.1 and 3.2: the answer is JSON objects, perhaps after a tag. */
    LLAMA("<|python_tag|>", "", true, new CallSyntax("", "parameters", "")),

    /** Mistral v0.3 and later, Nemo: a JSON array after a tag. Newer models write the name before the arguments. */
    MISTRAL("[TOOL_CALLS]", "", false, new CallSyntax("[TOOL_CALLS][", "arguments", "]")),

    /** Every other model: the answer is JSON objects, perhaps in a block of Markdown. */
    JSON("```json", "```", true, new CallSyntax("", "arguments", ""));

    private static final String CALL_ID = "[CALL_ID]";
    private static final String ARGUMENTS = "[ARGS]";

    private final String opener;
    private final String closer;
    private final boolean bare;
    private final CallSyntax syntax;

    CallFamily(String opener, String closer, boolean bare, CallSyntax syntax) {
        this.opener = opener;
        this.closer = closer;
        this.bare = bare;
        this.syntax = syntax;
    }

    /** The family whose syntax a chat template writes. */
    public static CallFamily of(String template) {
        if (template.contains(MISTRAL.opener)) {
            return MISTRAL;
        }
        if (template.contains(HERMES.opener)) {
            return HERMES;
        }
        return template.contains(LLAMA.opener) || template.contains("\"parameters\": ")
                ? LLAMA
                : JSON;
    }

    /** The text of one call, for whoever makes the model write one. */
    public CallSyntax syntax() {
        return syntax;
    }

    /** The texts with a meaning of their own, which may be special tokens of the model. */
    public List<String> markers() {
        return switch (this) {
            case HERMES, JSON -> List.of(opener, closer);
            case LLAMA -> List.of(opener);
            case MISTRAL -> List.of(opener, CALL_ID, ARGUMENTS);
        };
    }

    /** Begins a call anywhere in an answer. */
    String opener() {
        return opener;
    }

    /** Ends a call that began with the opener; may be empty. */
    String closer() {
        return closer;
    }

    /** Whether JSON at the start of an answer can be a call without an opener. */
    boolean isBare() {
        return bare;
    }
}

package holt.engine.text.tools;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A syntax in which models write tool calls. */
public enum CallFamily {
    /** Hermes, Qwen 2.5 and 3: a JSON object between tags. */
    HERMES(
            "<tool_call>",
            "</tool_call>",
            false,
            CallSyntax.of("<tool_call>\n", "arguments", "\n</tool_call>")),

    /** Qwen3-Coder: a function and its parameters as elements between tags. A JSON object counts as well. */
    QWEN_CODER(HERMES.opener, HERMES.closer, false, HERMES.syntax),

    /** Llama 3.1 and 3.2: the answer is JSON objects, perhaps after a tag. */
    LLAMA("<|python_tag|>", "", true, CallSyntax.of("", "parameters", "")),

    /** Mistral v0.3 and later, Nemo: a JSON array after a tag. Newer models write the name before the arguments. */
    MISTRAL("[TOOL_CALLS]", "", false, CallSyntax.of("[TOOL_CALLS][", "arguments", "]")),

    /** DeepSeek V3 and R1: the name, then the arguments, each call and all of them between tags. V3.1 writes no Markdown. */
    DEEPSEEK(
            "<｜tool▁calls▁begin｜>",
            "<｜tool▁calls▁end｜>",
            true,
            CallSyntax.named(
                    "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>",
                    "\n```json\n",
                    "\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>")),

    /** Every other model: the answer is JSON objects, perhaps in a block of Markdown. */
    JSON("```json", "```", true, CallSyntax.of("", "arguments", ""));

    private static final String FURTHER_CALL = "<｜tool▁call▁begin｜>";
    private static final String NAME = "(?<name>[\\w.-]{1,64})";
    private static final Pattern MISTRAL_HEAD =
            Pattern.compile(NAME + "(?:\\[CALL_ID]\\w{1,64})?(?:\\[ARGS])?\\s*(?=\\{)");
    private static final Pattern DEEPSEEK_HEAD =
            Pattern.compile(
                    "<｜tool▁call▁begin｜>(?:function<｜tool▁sep｜>(?!\\{))?"
                            + NAME
                            + "(?:\\s*```(?:json)?|<｜tool▁sep｜>)?\\s*(?=\\{)");
    private static final Pattern DEEPSEEK_TAIL =
            Pattern.compile("\\s*(?:```)?\\s*<｜tool▁call▁end｜>");

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
        if (template.contains(DEEPSEEK.opener)) {
            return DEEPSEEK;
        }
        if (template.contains(HERMES.opener)) {
            return template.contains("<function=") ? QWEN_CODER : HERMES;
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
            case HERMES, QWEN_CODER, JSON -> List.of(opener, closer);
            case LLAMA -> List.of(opener);
            case MISTRAL -> List.of(opener, "[CALL_ID]", "[ARGS]");
            case DEEPSEEK ->
                    List.of(opener, closer, FURTHER_CALL, "<｜tool▁sep｜>", "<｜tool▁call▁end｜>");
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

    /** What stands between calls, and after the last one; may be empty. */
    String separator() {
        return switch (this) {
            case LLAMA -> ";";
            case DEEPSEEK -> closer;
            case HERMES, QWEN_CODER, MISTRAL, JSON -> "";
        };
    }

    /** Begins a call right after another one, in place of the opener; may be empty. */
    String furtherOpener() {
        return this == DEEPSEEK ? FURTHER_CALL : "";
    }

    /** The name of a call whose name stands before its arguments, as the group {@code name}; null: the arguments' JSON has the name. */
    @Nullable Pattern beforeArguments() {
        return switch (this) {
            case MISTRAL -> MISTRAL_HEAD;
            case DEEPSEEK -> DEEPSEEK_HEAD;
            case HERMES, QWEN_CODER, LLAMA, JSON -> null;
        };
    }

    /** The end of such a call; null: the end of its arguments. */
    @Nullable Pattern afterArguments() {
        return this == DEEPSEEK ? DEEPSEEK_TAIL : null;
    }

    /** Whether JSON at the start of an answer can be a call without an opener. */
    boolean isBare() {
        return bare;
    }
}

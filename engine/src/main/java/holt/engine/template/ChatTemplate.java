package holt.engine.template;

import holt.engine.template.builtin.Globals;
import holt.engine.template.syntax.Node.Stmt;
import holt.engine.template.syntax.StatementParser;
import holt.engine.template.syntax.SyntaxError;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Value;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed chat template. It renders like {@code apply_chat_template} of {@code transformers}. Immutable; any number of
 * threads may render at once.
 */
public final class ChatTemplate {
    private final List<Stmt> body;

    private ChatTemplate(List<Stmt> body) {
        this.body = body;
    }

    /**
     * Parses the text of a model folder's {@code chat_template}.
     *
     * @throws TemplateException with the line, for a syntax error or an unsupported tag, filter or test
     */
    public static ChatTemplate parse(String source) {
        try {
            return new ChatTemplate(StatementParser.parse(source));
        } catch (SyntaxError e) {
            throw TemplateException.of(e);
        }
    }

    /**
     * Renders the template. {@code transformers} always passes {@code messages}, {@code tools} and {@code documents} (null if
     * there are none), {@code add_generation_prompt} and the tokenizer's special tokens ({@code bos_token},
     * {@code eos_token}, ...). Texts in the variables are data and are never parsed.
     *
     * @param variables by name: String, Integer, Long, Float, Double, Boolean, null, and Lists and Maps of these
     * @return the prompt's text; it may contain special tokens, from the template or from the variables
     * @throws TemplateException if the template calls {@code raise_exception}, does what Jinja2 forbids, uses an unsupported method
     *     or function, or exceeds its budget
     */
    public String render(Map<String, @Nullable Object> variables) {
        return render(variables, Clock.systemDefaultZone());
    }

    String render(Map<String, @Nullable Object> variables, Clock clock) {
        Map<String, Value> values = new HashMap<>(Globals.functions(clock));
        try {
            variables.forEach((name, value) -> values.put(name, Convert.fromJava(value)));
        } catch (EvaluationError e) {
            throw TemplateException.of(e, 0);
        }
        return new Runner().capture(body, Scope.outermost(values));
    }
}

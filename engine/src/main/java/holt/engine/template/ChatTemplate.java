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
 * A parsed chat template, rendered as {@code transformers}' {@code apply_chat_template} renders it. Immutable; any number
 * of threads may render at once.
 */
public final class ChatTemplate {
    private final List<Stmt> body;

    private ChatTemplate(List<Stmt> body) {
        this.body = body;
    }

    /**
     * Parses the text of a model folder's {@code chat_template}.
     *
     * @throws TemplateException with the line, for a syntax error and for any tag, filter or test that is not supported
     */
    public static ChatTemplate parse(String source) {
        try {
            return new ChatTemplate(StatementParser.parse(source));
        } catch (SyntaxError e) {
            throw TemplateException.of(e);
        }
    }

    /**
     * Renders the template. {@code transformers} always passes {@code messages}, {@code tools} and {@code documents} (null
     * when there are none), {@code add_generation_prompt}, and the special tokens the tokenizer has ({@code bos_token},
     * {@code eos_token}, ...). Texts among the variables are data: nothing in them is ever parsed.
     *
     * @param variables by name: String, Integer, Long, Float, Double, Boolean, null, and Lists and Maps of these
     * @return the prompt's text; it may contain special tokens, from the template or from the variables
     * @throws TemplateException when the template calls {@code raise_exception}, does what Jinja2 does not allow, uses a
     *     method or function not supported here, or would do far more work than a chat template needs
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

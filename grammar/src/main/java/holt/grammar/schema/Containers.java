package holt.grammar.schema;

import holt.grammar.automaton.Lexeme;
import holt.grammar.automaton.Literal;
import holt.grammar.automaton.Rule;
import holt.grammar.automaton.Rule.Node;
import holt.grammar.refusal.Budget;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of objects and arrays. */
final class Containers {
    private static final Lexeme COMMA = new Literal(",");
    private static final Lexeme COLON = new Literal(":");

    private Containers() {}

    /** @param name as JSON writes it, with quotes */
    record Property(String name, Rule value, boolean required) {}

    /** Properties that the schema does not name. */
    record Others(Lexeme key, Rule value) {}

    /** Writes properties in their order, then others. */
    static void object(
            Rule rule, List<Property> properties, @Nullable Others others, Budget budget) {
        int count = properties.size();
        budget.spend(count * 16);
        Node opened = rule.start().write(new Literal("{"));
        Node[] between = new Node[count + 1]; // a property has been written
        Node[] before = new Node[count + 1]; // a property of the rest must follow
        for (int i = 0; i <= count; i++) {
            between[i] = new Node();
            before[i] = new Node();
        }
        boolean mayClose = true;
        for (int i = count; i >= 0; i--) {
            boolean more = i < count || others != null;
            if (i < count) {
                Property property = properties.get(i);
                mayClose &= !property.required;
                Node named = before[i].write(new Literal(property.name + ":"));
                named.write(Whitespace.SPACE).call(property.value, between[i + 1]);
                if (!property.required && (i + 1 < count || others != null)) {
                    before[i].skipTo(before[i + 1]);
                }
            } else if (others != null) {
                before[i]
                        .write(others.key)
                        .write(COLON)
                        .write(Whitespace.SPACE)
                        .call(others.value)
                        .skipTo(between[i]);
            }
            if (more) {
                between[i].write(COMMA).write(Whitespace.LINE, before[i]);
            }
            if (mayClose) {
                between[i].write(Whitespace.LINE).write(new Literal("}"), rule.end());
            }
        }
        if (count > 0 || others != null) {
            opened.write(Whitespace.LINE, before[0]);
        }
        if (mayClose) {
            opened.write(new Literal("}"), rule.end());
        }
    }

    /**
     * Writes items.
     *
     * @param first the rules of the first items
     * @param rest the rule of the others; null = there are none
     * @param most negative = any number
     */
    static void array(
            Rule rule, List<Rule> first, @Nullable Rule rest, int least, int most, Budget budget) {
        Node opened = rule.start().write(new Literal("["));
        if (least == 0) {
            opened.write(new Literal("]"), rule.end());
        }
        int limit = rest == null ? first.size() : Integer.MAX_VALUE;
        limit = most < 0 ? limit : Math.min(limit, most);
        Node before = limit == 0 ? opened : opened.write(Whitespace.LINE);
        for (int i = 0; i < limit; i++) {
            budget.spend(16);
            Node after =
                    before.call(i < first.size() ? first.get(i) : Objects.requireNonNull(rest));
            if (i + 1 >= least) {
                after.write(Whitespace.LINE).write(new Literal("]"), rule.end());
            }
            if (i + 1 == limit) {
                return;
            }
            if (most < 0 && i >= first.size() && i + 1 >= least) {
                after.write(COMMA).write(Whitespace.LINE, before);
                return;
            }
            before = after.write(COMMA).write(Whitespace.LINE);
        }
    }
}

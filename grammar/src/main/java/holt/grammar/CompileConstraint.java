package holt.grammar;

import holt.grammar.automaton.Grammar;
import holt.grammar.automaton.Literal;
import holt.grammar.automaton.Rule;
import holt.grammar.refusal.Budget;
import holt.grammar.refusal.RefusedConstraintException;
import holt.grammar.regex.Dfa;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.ParseRegex;
import holt.grammar.regex.Regex;
import holt.grammar.schema.CompileSchema;
import java.util.List;

/** From a constraint to its grammar. */
public final class CompileConstraint {
    private CompileConstraint() {}

    /**
     * The grammar of a constraint. Takes at most about 100 ms.
     *
     * @throws RefusedConstraintException if the constraint is invalid, unsupported or too large; the message is for the client
     */
    public static Grammar compile(Constraint constraint) {
        Budget budget = new Budget();
        return new Grammar(rule(constraint, budget), budget);
    }

    private static Rule rule(Constraint constraint, Budget budget) {
        return switch (constraint) {
            case Constraint.JsonObject _ -> CompileSchema.anyObject();
            case Constraint.JsonSchema(String schema) -> CompileSchema.rule(schema, budget);
            case Constraint.Regex(String expression) ->
                    rule(ParseRegex.whole(expression, ""), budget);
            case Constraint.Choice(List<String> texts) -> rule(choice(texts), budget);
            case Constraint.Framed framed -> framed(framed, budget);
            case Constraint.Either(List<Constraint> forms) -> {
                var either = new Rule("");
                forms.forEach(form -> either.start().call(rule(form, budget), either.end()));
                yield either;
            }
        };
    }

    private static Rule framed(Constraint.Framed framed, Budget budget) {
        var rule = new Rule("");
        Rule.Node before =
                framed.before().isEmpty()
                        ? rule.start()
                        : rule.start().write(new Literal(framed.before()));
        Rule.Node after = before.call(rule(framed.inside(), budget));
        if (framed.after().isEmpty()) {
            after.skipTo(rule.end());
        } else {
            after.write(new Literal(framed.after()), rule.end());
        }
        return rule;
    }

    private static Regex choice(List<String> texts) {
        if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)) {
            throw new RefusedConstraintException(
                    "", "a choice must have one text or more, and none may be empty");
        }
        return new Regex.Either(texts.stream().map(Regex::literal).toList());
    }

    private static Rule rule(Regex regex, Budget budget) {
        Dfa dfa = Dfas.of(regex, budget);
        if (dfa.isEmpty()) {
            throw new RefusedConstraintException("", "no text matches the regular expression");
        }
        return Rule.of("", dfa);
    }
}

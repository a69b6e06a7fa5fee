package holt.engine.template;

import holt.engine.template.builtin.Attributes;
import holt.engine.template.builtin.Builtin;
import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Node.Stmt;
import holt.engine.template.value.Arithmetic;
import holt.engine.template.value.Budget;
import holt.engine.template.value.Call;
import holt.engine.template.value.Comparison;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Printer;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Str;
import holt.engine.template.value.Value.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions. */
final class Evaluator {
    private final Budget budget;
    private final Blocks blocks;

    /** Runs the statements of a block expression. */
    @FunctionalInterface
    interface Blocks {
        /** The text that the body writes. */
        String capture(List<Stmt> body, Scope scope);
    }

    Evaluator(Budget budget, Blocks blocks) {
        this.budget = budget;
        this.blocks = blocks;
    }

    Value evaluate(Expr expression, Scope scope) {
        budget.enter();
        Value value =
                switch (expression) {
                    case Expr.Literal(Value literal) -> literal;
                    case Expr.Name(String name) -> scope.get(name);
                    case Expr.ListOf(List<Expr> items) -> new Value.ListOf(all(items, scope));
                    case Expr.TupleOf(List<Expr> items) -> new Value.TupleOf(all(items, scope));
                    case Expr.Dict(List<Expr.Entry> entries) -> dict(entries, scope);
                    case Expr.Attribute(Expr owner, String name) ->
                            Attributes.attribute(evaluate(owner, scope), name);
                    case Expr.Item(Expr owner, Expr key) ->
                            Attributes.item(evaluate(owner, scope), evaluate(key, scope));
                    case Expr.Slice slice -> slice(slice, scope);
                    case Expr.Invoke(Expr function, Expr.Arguments arguments) ->
                            invoke(function, arguments, scope);
                    case Expr.Filtered(Expr input, Builtin filter, Expr.Arguments arguments) ->
                            filter.apply(evaluate(input, scope), call(arguments, scope));
                    case Expr.Tested(Expr input, Builtin test, Expr.Arguments arguments) ->
                            test.apply(evaluate(input, scope), call(arguments, scope));
                    case Expr.Not(Expr operand) -> Value.of(!evaluate(operand, scope).truthy());
                    case Expr.Sign(boolean negative, Expr operand) ->
                            Arithmetic.sign(negative, evaluate(operand, scope));
                    case Expr.Binary(String operator, Expr left, Expr right) ->
                            Arithmetic.apply(
                                    operator,
                                    evaluate(left, scope),
                                    evaluate(right, scope),
                                    budget);
                    case Expr.Concat(List<Expr> parts) -> concat(parts, scope);
                    case Expr.And(Expr left, Expr right) -> {
                        Value first = evaluate(left, scope);
                        yield first.truthy() ? evaluate(right, scope) : first;
                    }
                    case Expr.Or(Expr left, Expr right) -> {
                        Value first = evaluate(left, scope);
                        yield first.truthy() ? first : evaluate(right, scope);
                    }
                    case Expr.Compare(Expr first, List<Expr.Operand> rest) ->
                            Value.of(compare(first, rest, scope));
                    case Expr.Conditional conditional -> conditional(conditional, scope);
                    case Expr.Block(List<Stmt> body) ->
                            new Str(blocks.capture(body, scope.inner()));
                };
        budget.exit();
        return value;
    }

    Call call(Expr.Arguments arguments, Scope scope) {
        Map<String, Value> named = new LinkedHashMap<>();
        List<Value> positional = all(arguments.positional(), scope);
        arguments.named().forEach((name, value) -> named.put(name, evaluate(value, scope)));
        return new Call(positional, named, budget);
    }

    private List<Value> all(List<Expr> expressions, Scope scope) {
        List<Value> values = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            values.add(evaluate(expression, scope));
        }
        return values;
    }

    private Value dict(List<Expr.Entry> entries, Scope scope) {
        Map<Value, Value> dict = new LinkedHashMap<>();
        for (Expr.Entry entry : entries) {
            dict.put(Convert.toKey(evaluate(entry.key(), scope)), evaluate(entry.value(), scope));
        }
        return new Value.Dict(dict);
    }

    private Value slice(Expr.Slice slice, Scope scope) {
        Value owner = evaluate(slice.owner(), scope);
        budget.spend(owner.cost());
        return Attributes.slice(
                owner,
                orNone(slice.start(), scope),
                orNone(slice.stop(), scope),
                orNone(slice.step(), scope));
    }

    private Value orNone(@Nullable Expr expression, Scope scope) {
        return expression == null ? Value.NONE : evaluate(expression, scope);
    }

    private Value invoke(Expr function, Expr.Arguments arguments, Scope scope) {
        Value target = evaluate(function, scope);
        if (target instanceof Value.Callable callable) {
            Call call = call(arguments, scope);
            return callable.call(call.positional(), call.named(), budget);
        }
        throw new EvaluationError(
                Convert.describe(target) + (target instanceof Undefined ? "" : " is not callable"));
    }

    private Value concat(List<Expr> parts, Scope scope) {
        StringBuilder out = new StringBuilder();
        for (Expr part : parts) {
            String text = Printer.text(evaluate(part, scope), budget);
            budget.spend(text.length());
            out.append(text);
        }
        return new Str(out.toString());
    }

    private boolean compare(Expr first, List<Expr.Operand> rest, Scope scope) {
        Value left = evaluate(first, scope);
        for (Expr.Operand operand : rest) {
            Value right = evaluate(operand.value(), scope);
            if (!Comparison.test(operand.operator(), left, right, budget)) {
                return false;
            }
            left = right;
        }
        return true;
    }

    private Value conditional(Expr.Conditional conditional, Scope scope) {
        if (evaluate(conditional.condition(), scope).truthy()) {
            return evaluate(conditional.then(), scope);
        }
        return conditional.otherwise() == null
                ? new Undefined("the inline if was false and has no else")
                : evaluate(conditional.otherwise(), scope);
    }
}

package holt.engine.template;

import holt.engine.template.syntax.Node.Expr;
import holt.engine.template.syntax.Node.Stmt;
import holt.engine.template.syntax.Node.Stmt.Target;
import holt.engine.template.value.Budget;
import holt.engine.template.value.Call;
import holt.engine.template.value.Convert;
import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.Namespace;
import holt.engine.template.value.Printer;
import holt.engine.template.value.Value;
import holt.engine.template.value.Value.Str;
import java.util.ArrayList;
import java.util.List;

/** Runs the statements of a template. */
final class Runner {
    /** How a body ended: at its end, or with a jump of the loop around it. */
    private enum Flow {
        NORMAL,
        BREAK,
        CONTINUE
    }

    private final Budget budget = new Budget();
    private final Evaluator evaluator = new Evaluator(budget, this::capture);
    private StringBuilder out = new StringBuilder();
    private int loopDepth;

    /** Runs a body and returns the text that it writes. */
    String capture(List<Stmt> body, Scope scope) {
        StringBuilder outer = out;
        out = new StringBuilder();
        run(body, scope);
        String text = out.toString();
        out = outer;
        return text;
    }

    private Flow run(List<Stmt> body, Scope scope) {
        budget.enter();
        Flow flow = Flow.NORMAL;
        for (Stmt statement : body) {
            flow = locate(statement, scope);
            if (flow != Flow.NORMAL) {
                break;
            }
        }
        budget.exit();
        return flow;
    }

    private Flow locate(Stmt statement, Scope scope) {
        try {
            return run(statement, scope);
        } catch (EvaluationError e) {
            throw TemplateException.of(e, statement.line());
        }
    }

    private Flow run(Stmt statement, Scope scope) {
        return switch (statement) {
            case Stmt.Text(_, String text) -> write(text);
            case Stmt.Print(_, Expr value) ->
                    write(Printer.text(evaluator.evaluate(value, scope), budget));
            case Stmt.If conditional -> runIf(conditional, scope);
            case Stmt.For loop -> runFor(loop, scope);
            case Stmt.Set(_, Target target, Expr value) -> {
                assign(target, evaluator.evaluate(value, scope), scope);
                yield Flow.NORMAL;
            }
            case Stmt.Macro macro -> {
                scope.set(macro.name(), Call.function(call -> callMacro(macro, scope, call)));
                yield Flow.NORMAL;
            }
            case Stmt.Scoped(_, List<Stmt> body) -> write(capture(body, scope.inner()));
            case Stmt.Break _ -> Flow.BREAK;
            case Stmt.Continue _ -> Flow.CONTINUE;
        };
    }

    private Flow write(String text) {
        budget.spend(text.length());
        out.append(text);
        return Flow.NORMAL;
    }

    private Flow runIf(Stmt.If conditional, Scope scope) {
        for (Stmt.Branch branch : conditional.branches()) {
            if (evaluator.evaluate(branch.condition(), scope).truthy()) {
                return run(branch.body(), scope);
            }
        }
        return run(conditional.otherwise(), scope);
    }

    private Flow runFor(Stmt.For statement, Scope scope) {
        List<Value> items = items(statement, scope);
        if (items.isEmpty()) {
            return run(statement.otherwise(), scope.inner());
        }
        Loop loop = new Loop(items, ++loopDepth);
        for (int i = 0; i < items.size(); i++) {
            Scope inner = scope.inner();
            loop.moveTo(i);
            inner.set("loop", loop);
            assign(statement.target(), items.get(i), inner);
            if (run(statement.body(), inner) == Flow.BREAK) {
                break;
            }
        }
        loopDepth--;
        return Flow.NORMAL;
    }

    private List<Value> items(Stmt.For statement, Scope scope) {
        List<Value> items = Convert.toList(evaluator.evaluate(statement.items(), scope));
        budget.spend((long) Budget.ITEM * items.size());
        if (statement.filter() == null) {
            return items;
        }
        List<Value> kept = new ArrayList<>();
        for (Value item : items) {
            Scope inner = scope.inner();
            assign(statement.target(), item, inner);
            if (evaluator.evaluate(statement.filter(), inner).truthy()) {
                kept.add(item);
            }
        }
        return kept;
    }

    private void assign(Target target, Value value, Scope scope) {
        switch (target) {
            case Target.Variable(String name) -> scope.set(name, value);
            case Target.NamespaceAttribute(String namespace, String name) -> {
                if (!(scope.get(namespace) instanceof Namespace found)) {
                    throw new EvaluationError("'" + namespace + "' is not a namespace");
                }
                found.set(name, value);
            }
            case Target.Unpacked(List<Target> targets) -> {
                List<Value> items = Convert.toList(value);
                if (items.size() != targets.size()) {
                    throw new EvaluationError(
                            "expected "
                                    + targets.size()
                                    + " values to unpack, got "
                                    + items.size());
                }
                for (int i = 0; i < items.size(); i++) {
                    assign(targets.get(i), items.get(i), scope);
                }
            }
        }
    }

    private Value callMacro(Stmt.Macro macro, Scope scope, Call call) {
        List<Stmt.Parameter> parameters = macro.parameters();
        if (call.positional().size() > parameters.size()) {
            throw new EvaluationError(
                    "macro '"
                            + macro.name()
                            + "' takes at most "
                            + parameters.size()
                            + " arguments");
        }
        for (String name : call.named().keySet()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw new EvaluationError(
                        "macro '" + macro.name() + "' has no parameter '" + name + "'");
            }
        }
        Scope inner = scope.inner();
        for (int i = 0; i < parameters.size(); i++) {
            Stmt.Parameter parameter = parameters.get(i);
            inner.set(parameter.name(), argument(parameter, i, call, inner));
        }
        return new Str(capture(macro.body(), inner));
    }

    private Value argument(Stmt.Parameter parameter, int position, Call call, Scope scope) {
        if (call.has(position, parameter.name())) {
            return call.require(position, parameter.name());
        }
        return parameter.fallback() == null
                ? new Value.Undefined("parameter '" + parameter.name() + "' was not provided")
                : evaluator.evaluate(parameter.fallback(), scope);
    }
}

package holt.grammar.automaton;

import holt.grammar.automaton.Rule.Node;
import holt.grammar.refusal.RefusedConstraintException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules a rule can call before it writes anything. A circle of them would have no first byte. */
final class FirstCalls {
    private FirstCalls() {}

    /** Takes away rules that call none of the others, until none is left or all are in or before a circle. */
    static void refuseCircles(Collection<Rule> rules) {
        Map<Rule, Integer> missing = new LinkedHashMap<>();
        Map<Rule, List<Rule>> callers = new LinkedHashMap<>();
        Deque<Rule> free = new ArrayDeque<>();
        for (Rule rule : rules) {
            Set<Rule> called = of(rule);
            missing.put(rule, called.size());
            called.forEach(each -> callers.computeIfAbsent(each, _ -> new ArrayList<>()).add(rule));
            if (called.isEmpty()) {
                free.add(rule);
            }
        }
        while (!free.isEmpty()) {
            Rule done = free.pop();
            missing.remove(done);
            for (Rule caller : callers.getOrDefault(done, List.of())) {
                if (missing.merge(caller, -1, Integer::sum) == 0) {
                    free.add(caller);
                }
            }
        }
        missing.keySet().stream()
                .findFirst()
                .ifPresent(rule -> {
                    throw new RefusedConstraintException(
                            rule.pointer(), "a $ref leads back to itself without any text between");
                });
    }

    private static Set<Rule> of(Rule rule) {
        Set<Rule> called = new HashSet<>();
        Set<Node> seen = new HashSet<>(Set.of(rule.start()));
        Deque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (Node.Edge edge : open.pop().edges()) {
                boolean silent =
                        switch (edge) {
                            case Node.Edge.Silent _ -> true;
                            case Node.Edge.Word word -> word.lexeme().accepts(Lexeme.START);
                            case Node.Edge.Call call -> {
                                called.add(call.rule());
                                yield call.rule().start().distance == 0;
                            }
                        };
                if (silent && seen.add(edge.to())) {
                    open.push(edge.to());
                }
            }
        }
        return called;
    }
}

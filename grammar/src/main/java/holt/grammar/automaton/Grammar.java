package holt.grammar.automaton;

import holt.grammar.automaton.Rule.Node;
import holt.grammar.refusal.Budget;
import holt.grammar.refusal.RefusedConstraintException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The texts of a rule. Immutable from now on, as are all its rules. */
public final class Grammar {
    private final Rule root;
    private final boolean endsByItself;

    /**
     * @throws RefusedConstraintException if a rule has no finite text, or begins with itself
     */
    public Grammar(Rule root, Budget budget) {
        this.root = root;
        Map<Rule, List<Node>> rules = new LinkedHashMap<>();
        collect(root, rules, budget);
        measure(rules);
        if (root.start().distance == Node.FAR) {
            throw new RefusedConstraintException(
                    root.pointer(), "no text of less than %d bytes is valid".formatted(Node.FAR));
        }
        FirstCalls.refuseCircles(rules.keySet());
        this.endsByItself = lastWordsEndByThemselves();
    }

    Rule root() {
        return root;
    }

    /** Whether nothing can follow any of its texts, so that no end token is needed. */
    public boolean endsByItself() {
        return endsByItself;
    }

    private static void collect(Rule root, Map<Rule, List<Node>> rules, Budget budget) {
        Deque<Rule> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Rule rule = open.pop();
            if (rules.containsKey(rule)) {
                continue;
            }
            List<Node> nodes = nodes(rule);
            rules.put(rule, nodes);
            for (Node.Edge edge : edges(rule)) {
                budget.spend(1);
                if (edge instanceof Node.Edge.Call call) {
                    open.push(call.rule());
                }
            }
        }
    }

    /** Finds the shortest texts (Knuth's generalisation of Dijkstra's algorithm, as a work list). */
    private static void measure(Map<Rule, List<Node>> rules) {
        Map<Node, List<Node>> users =
                new IdentityHashMap<>(); // whose distances follow from a node's
        rules.values()
                .forEach(nodes ->
                        nodes.forEach(node ->
                                node.edges()
                                        .forEach(edge -> {
                                            users.computeIfAbsent(
                                                            edge.to(), _ -> new ArrayList<>(1))
                                                    .add(node);
                                            if (edge instanceof Node.Edge.Call call) {
                                                users.computeIfAbsent(
                                                                call.rule().start(),
                                                                _ -> new ArrayList<>(1))
                                                        .add(node);
                                            }
                                        })));
        Deque<Node> changed = new ArrayDeque<>();
        for (Rule rule : rules.keySet()) {
            rule.end().distance = 0;
            changed.add(rule.end());
        }
        while (!changed.isEmpty()) {
            for (Node user : users.getOrDefault(changed.pop(), List.of())) {
                for (Node.Edge edge : user.edges()) {
                    if (edge.distance() < user.distance) {
                        user.distance = edge.distance();
                        changed.add(user);
                    }
                }
            }
        }
        for (List<Node> nodes : rules.values()) {
            for (Node node : nodes) {
                for (Node.Edge edge : node.edges()) {
                    if (node.nearer == null && edge.distance() == node.distance) {
                        node.nearer = edge;
                    }
                }
            }
        }
    }

    /** Whether every lexeme at the end of a text ends by itself. */
    private boolean lastWordsEndByThemselves() {
        Set<Rule> last = new LinkedHashSet<>(List.of(root));
        Deque<Rule> open = new ArrayDeque<>(last);
        while (!open.isEmpty()) {
            for (Node.Edge edge : edges(open.pop())) {
                if (edge.to().distance > 0) {
                    continue;
                }
                switch (edge) {
                    case Node.Edge.Silent _ -> {}
                    case Node.Edge.Word word -> {
                        if (!word.lexeme().endsByItself()) {
                            return false;
                        }
                    }
                    case Node.Edge.Call call -> {
                        if (last.add(call.rule())) {
                            open.push(call.rule());
                        }
                    }
                }
            }
        }
        return true;
    }

    private static List<Node.Edge> edges(Rule rule) {
        return nodes(rule).stream().flatMap(node -> node.edges().stream()).toList();
    }

    private static List<Node> nodes(Rule rule) {
        Set<Node> known = new HashSet<>(List.of(rule.start()));
        List<Node> nodes = new ArrayList<>(known);
        for (int i = 0; i < nodes.size(); i++) {
            for (Node.Edge edge : nodes.get(i).edges()) {
                if (known.add(edge.to())) {
                    nodes.add(edge.to());
                }
            }
        }
        return nodes;
    }
}

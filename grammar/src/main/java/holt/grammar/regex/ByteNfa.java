package holt.grammar.regex;

import holt.grammar.refusal.Budget;
import java.util.ArrayList;
import java.util.List;

/** A nondeterministic automaton over bytes (Thompson's construction). State 0 is the start. */
final class ByteNfa {
    /** An edge over bytes. */
    record Edge(int first, int last, int to) {}

    private final Budget budget;
    private final List<List<Edge>> edges = new ArrayList<>();
    private final List<List<Integer>> silent = new ArrayList<>(); // edges without a byte
    private final int end;

    ByteNfa(Regex regex, Budget budget) {
        this.budget = budget;
        end = add(regex, state());
    }

    int end() {
        return end;
    }

    int states() {
        return edges.size();
    }

    List<Edge> edges(int state) {
        return edges.get(state);
    }

    List<Integer> silent(int state) {
        return silent.get(state);
    }

    /** Adds an expression that begins at a state. Returns the state where it ends. */
    private int add(Regex regex, int from) {
        return switch (regex) {
            case Regex.Chars(CharSet set) -> characters(set, from);
            case Regex.Sequence(List<Regex> parts) -> {
                int at = from;
                for (Regex part : parts) {
                    at = add(part, at);
                }
                yield at;
            }
            case Regex.Either(List<Regex> options) -> {
                int to = state();
                for (Regex option : options) {
                    silent.get(add(option, branch(from))).add(to);
                }
                yield to;
            }
            case Regex.Repeat repeat -> repeat(repeat, from);
            case Regex.Start _, Regex.End _ -> throw new IllegalArgumentException("an anchor");
        };
    }

    private int repeat(Regex.Repeat repeat, int from) {
        int at = from;
        for (int i = 0; i < repeat.least(); i++) {
            at = add(repeat.part(), at);
        }
        if (repeat.most() == Regex.UNBOUNDED) {
            int loop = branch(at);
            silent.get(add(repeat.part(), loop)).add(loop);
            return branch(loop);
        }
        int to = state();
        for (int i = repeat.least(); i < repeat.most(); i++) {
            silent.get(at).add(to);
            at = add(repeat.part(), branch(at));
        }
        silent.get(at).add(to);
        return to;
    }

    private int characters(CharSet set, int from) {
        int to = state();
        for (Utf8.Bytes bytes : Utf8.of(set)) {
            int at = from;
            for (int i = 0; i < bytes.octets().size(); i++) {
                int next = i == bytes.octets().size() - 1 ? to : state();
                CharSet.Range octets = bytes.octets().get(i);
                budget.spend(1);
                edges.get(at).add(new Edge(octets.first(), octets.last(), next));
                at = next;
            }
        }
        return to;
    }

    private int branch(int from) {
        int to = state();
        silent.get(from).add(to);
        return to;
    }

    private int state() {
        budget.spend(4);
        edges.add(new ArrayList<>(2));
        silent.add(new ArrayList<>(2));
        return edges.size() - 1;
    }
}

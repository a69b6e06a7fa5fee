package holt.grammar.regex;

import holt.grammar.automaton.Lexeme;
import holt.grammar.refusal.Budget;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs two automata side by side. It accepts what both accept, or what only the first one accepts. */
final class Product {
    private final Dfa a;
    private final Dfa b;
    private final boolean without;
    private final Budget budget;
    private final int[] columns = new int[256];
    private final List<Integer> octets = new ArrayList<>(); // one of each column
    private final Map<Pair, Integer> ids = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();

    private record Pair(int a, int b) {}

    /** @param without accepts what b does not */
    Product(Dfa a, Dfa b, boolean without, Budget budget) {
        this.a = a;
        this.b = b;
        this.without = without;
        this.budget = budget;
    }

    Dfa run() {
        fillColumns();
        id(new Pair(Lexeme.START, Lexeme.START));
        List<int[]> rows = new ArrayList<>();
        BitSet accepting = new BitSet();
        for (int state = 0; state < pairs.size(); state++) {
            Pair pair = pairs.get(state);
            accepting.set(state, a.accepts(pair.a) && acceptsB(pair.b) != without);
            budget.spend(octets.size());
            rows.add(octets.stream().mapToInt(octet -> step(pair, octet)).toArray());
        }
        return new Dfa(columns, rows.toArray(int[][]::new), accepting);
    }

    private int step(Pair pair, int octet) {
        int nextA = a.step(pair.a, octet);
        int nextB = pair.b == Lexeme.REJECT ? Lexeme.REJECT : b.step(pair.b, octet);
        return nextA == Lexeme.REJECT || (nextB == Lexeme.REJECT && !without)
                ? Lexeme.REJECT
                : id(new Pair(nextA, nextB));
    }

    private boolean acceptsB(int state) {
        return state != Lexeme.REJECT && b.accepts(state);
    }

    private int id(Pair pair) {
        Integer id = ids.putIfAbsent(pair, pairs.size());
        if (id == null) {
            budget.spend(4);
            pairs.add(pair);
            return pairs.size() - 1;
        }
        return id;
    }

    private void fillColumns() {
        for (int octet = 0; octet < 256; octet++) {
            boolean same =
                    octet > 0
                            && a.columns()[octet] == a.columns()[octet - 1]
                            && b.columns()[octet] == b.columns()[octet - 1];
            if (!same) {
                octets.add(octet);
            }
            columns[octet] = octets.size() - 1;
        }
    }
}

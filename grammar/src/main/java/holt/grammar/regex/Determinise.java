package holt.grammar.regex;

import holt.grammar.automaton.Lexeme;
import holt.grammar.refusal.Budget;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subset construction: each state of the result is a set of states of the given automaton. */
final class Determinise {
    private final ByteNfa nfa;
    private final Budget budget;
    private final int[] columns = new int[256];
    private final int width;
    private final @Nullable BitSet[] closures; // by state
    private final Map<BitSet, Integer> ids = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();

    Determinise(ByteNfa nfa, Budget budget) {
        this.nfa = nfa;
        this.budget = budget;
        this.width = fillColumns();
        this.closures = new BitSet[nfa.states()];
    }

    Dfa run() {
        List<int[]> rows = new ArrayList<>();
        id(closure(0));
        BitSet accepting = new BitSet();
        for (int state = 0; state < sets.size(); state++) {
            BitSet set = sets.get(state);
            accepting.set(state, set.get(nfa.end()));
            rows.add(row(set));
        }
        return new Dfa(columns, rows.toArray(int[][]::new), accepting);
    }

    private int[] row(BitSet set) {
        budget.spend(width + set.size() / Long.SIZE);
        BitSet[] targets = new BitSet[width];
        for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(from + 1)) {
            for (ByteNfa.Edge edge : nfa.edges(from)) {
                BitSet closure = closure(edge.to());
                int cost = 1 + closure.size() / (4 * Long.SIZE);
                for (int i = columns[edge.first()]; i <= columns[edge.last()]; i++) {
                    budget.spend(cost);
                    if (targets[i] == null) {
                        targets[i] = (BitSet) closure.clone();
                    } else {
                        targets[i].or(closure);
                    }
                }
            }
        }
        int[] row = new int[width];
        for (int i = 0; i < width; i++) {
            row[i] = targets[i] == null ? Lexeme.REJECT : id(targets[i]);
        }
        return row;
    }

    private int id(BitSet set) {
        Integer known = ids.get(set);
        if (known != null) {
            return known;
        }
        budget.spend(set.size() / Long.SIZE);
        ids.put(set, sets.size());
        sets.add(set);
        return sets.size() - 1;
    }

    /** A state, and those that it reaches without a byte. Not to be changed. */
    private BitSet closure(int state) {
        BitSet known = closures[state];
        if (known != null) {
            return known;
        }
        BitSet set = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(state));
        while (!open.isEmpty()) {
            int next = open.pop();
            if (!set.get(next)) {
                set.set(next);
                budget.spend(1 + nfa.silent(next).size());
                open.addAll(nfa.silent(next));
            }
        }
        closures[state] = set;
        return set;
    }

    /** Gives each byte its column, in the order of the bytes. Returns the number of columns. */
    private int fillColumns() {
        BitSet begins = new BitSet();
        for (int state = 0; state < nfa.states(); state++) {
            for (ByteNfa.Edge edge : nfa.edges(state)) {
                begins.set(edge.first());
                begins.set(edge.last() + 1);
            }
        }
        int column = 0;
        for (int octet = 0; octet < 256; octet++) {
            column += octet > 0 && begins.get(octet) ? 1 : 0;
            columns[octet] = column;
        }
        return column + 1;
    }
}

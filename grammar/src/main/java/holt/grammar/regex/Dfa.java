package holt.grammar.regex;

import holt.grammar.automaton.Lexeme;
import java.util.Arrays;
import java.util.BitSet;

/** A table of states and bytes. Bytes that no state tells apart share a column. */
public final class Dfa implements Lexeme {
    private static final int FAR = Integer.MAX_VALUE;

    private final int[] columns; // by byte
    private final int[][] next; // by state and column
    private final BitSet accepting;
    private final int[] distances;

    /** Removes dead states. The result accepts nothing if the start is dead ({@link #isEmpty}). */
    Dfa(int[] columns, int[][] next, BitSet accepting) {
        this.columns = columns;
        this.next = next;
        this.accepting = accepting;
        this.distances = distances();
        for (int[] row : next) {
            for (int i = 0; i < row.length; i++) {
                if (row[i] != REJECT && distances[row[i]] == FAR) {
                    row[i] = REJECT;
                }
            }
        }
    }

    /** Whether it accepts no text. */
    public boolean isEmpty() {
        return distances[START] == FAR;
    }

    int[] columns() {
        return columns;
    }

    @Override
    public int step(int state, int octet) {
        return next[state][columns[octet]];
    }

    @Override
    public boolean accepts(int state) {
        return accepting.get(state);
    }

    @Override
    public boolean canGoOn(int state) {
        return Arrays.stream(next[state]).anyMatch(to -> to != REJECT);
    }

    @Override
    public boolean endsByItself() {
        return accepting.stream().noneMatch(this::canGoOn);
    }

    @Override
    public int distance(int state) {
        return distances[state];
    }

    @Override
    public int nearer(int state) {
        for (int octet = 0; octet < columns.length; octet++) {
            int to = step(state, octet);
            if (to != REJECT && distances[to] == distances[state] - 1) {
                return octet;
            }
        }
        throw new IllegalStateException("state " + state);
    }

    /** Breadth-first from the accepting states, against the edges. */
    private int[] distances() {
        int[] heads = new int[next.length + 1];
        for (int[] row : next) {
            for (int to : row) {
                if (to != REJECT) {
                    heads[to + 1]++;
                }
            }
        }
        for (int i = 0; i < next.length; i++) {
            heads[i + 1] += heads[i];
        }
        int[] sources = new int[heads[next.length]];
        int[] filled = heads.clone();
        for (int from = 0; from < next.length; from++) {
            for (int to : next[from]) {
                if (to != REJECT) {
                    sources[filled[to]++] = from;
                }
            }
        }
        int[] found = new int[next.length];
        Arrays.fill(found, FAR);
        int[] queue = new int[next.length];
        int end = 0;
        for (int state = accepting.nextSetBit(0);
                state >= 0;
                state = accepting.nextSetBit(state + 1)) {
            found[state] = 0;
            queue[end++] = state;
        }
        for (int i = 0; i < end; i++) {
            int state = queue[i];
            for (int j = heads[state]; j < heads[state + 1]; j++) {
                if (found[sources[j]] == FAR) {
                    found[sources[j]] = found[state] + 1;
                    queue[end++] = sources[j];
                }
            }
        }
        return found;
    }
}

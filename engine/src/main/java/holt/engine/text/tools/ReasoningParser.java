package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;

/** Splits reasoning between think tags from the answer. Only the start of an output can be reasoning. */
final class ReasoningParser {
    static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    private enum State {
        START,
        REASONING_START,
        REASONING,
        ANSWER_START,
        ANSWER
    }

    private final boolean open;
    private final HeldText held = new HeldText();
    private State state = State.START;

    /** @param open whether the prompt ends with an open tag */
    ReasoningParser(boolean open) {
        this.open = open;
    }

    List<Piece> append(String text) {
        held.append(text);
        List<Piece> pieces = new ArrayList<>();
        while (step(pieces)) {}
        return pieces;
    }

    List<Piece> finish() {
        List<Piece> pieces = new ArrayList<>();
        boolean answer = state == State.ANSWER || (state == State.START && !open);
        if (answer) {
            held.takeText(held.length(), pieces);
        } else {
            if (state == State.START || state == State.REASONING) {
                takeReasoning(held.beforeSpace(held.length()), pieces);
            }
            held.skip(held.length(), pieces);
        }
        return pieces;
    }

    /** Returns whether the state has changed, so that there may be more to do. */
    private boolean step(List<Piece> pieces) {
        State before = state;
        switch (state) {
            case START -> start(pieces);
            case REASONING_START -> skipSpace(State.REASONING, pieces);
            case REASONING -> reason(pieces);
            case ANSWER_START -> skipSpace(State.ANSWER, pieces);
            case ANSWER -> held.takeText(held.length(), pieces);
        }
        return state != before;
    }

    private void start(List<Piece> pieces) {
        int begin = held.afterSpace(0);
        switch (held.match(begin, OPEN)) {
            case YES -> {
                held.skip(begin + OPEN.length(), pieces);
                state = State.REASONING_START;
            }
            case NO -> state = open ? State.REASONING_START : State.ANSWER;
            case UNCERTAIN -> {}
        }
    }

    private void skipSpace(State next, List<Piece> pieces) {
        held.skip(held.afterSpace(0), pieces);
        if (!held.isEmpty()) {
            state = next;
        }
    }

    private void reason(List<Piece> pieces) {
        int close = held.indexOf(CLOSE);
        if (close < 0) {
            takeReasoning(held.before(CLOSE), pieces);
            return;
        }
        int end = held.beforeSpace(close);
        takeReasoning(end, pieces);
        held.skip(close - end + CLOSE.length(), pieces);
        state = State.ANSWER_START;
    }

    private void takeReasoning(int length, List<Piece> pieces) {
        if (length > 0) {
            pieces.add(new Piece.Reasoning(held.take(length)));
        }
    }
}

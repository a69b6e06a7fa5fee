package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits calls from text. A call becomes a piece when it is whole. Until then it may turn out to be malformed, and then it is
 * text. White space around calls is dropped.
 */
final class CallParser {
    private final CallFamily family;
    private final Set<String> functions;
    private final HeldText held = new HeldText();
    private @Nullable OpenCall call;
    private boolean afterCall;
    private boolean start = true; // of the answer: no text so far

    /** @param functions the functions that can be called */
    CallParser(CallFamily family, Set<String> functions) {
        this.family = family;
        this.functions = Set.copyOf(functions);
    }

    List<Piece> append(String text) {
        held.append(text);
        return parse(false);
    }

    List<Piece> finish() {
        List<Piece> pieces = parse(true);
        held.takeText(held.length(), pieces);
        return pieces;
    }

    private List<Piece> parse(boolean last) {
        List<Piece> pieces = new ArrayList<>();
        while (call == null ? find(pieces) : proceed(call, last, pieces)) {}
        return pieces;
    }

    /** Looks for the beginning of a call. Returns whether there is one. */
    private boolean find(List<Piece> pieces) {
        if (afterCall) {
            skipSeparator(pieces);
            if (held.isEmpty()) {
                return false;
            }
        }
        int first = held.afterSpace(0);
        boolean json = first < held.length() && (held.at(first) == '{' || held.at(first) == '[');
        if (family.isBare() && (start || afterCall) && json) {
            call = new OpenCall(family, functions, held, first, first);
            return true;
        }
        int opener = held.indexOf(family.opener());
        if (opener < 0) {
            takeText(held.before(family.opener()), pieces);
            return false;
        }
        takeText(held.beforeSpace(opener), pieces);
        int begin = held.indexOf(family.opener());
        call = new OpenCall(family, functions, held, begin, begin + family.opener().length());
        return true;
    }

    /** Returns whether the call has ended, well or not. */
    private boolean proceed(OpenCall open, boolean last, List<Piece> pieces) {
        switch (open.proceed(last)) {
            case OpenCall.Progress.Uncertain _ -> {
                return false;
            }
            case OpenCall.Progress.Malformed _ -> takeText(open.malformedText(), pieces);
            case OpenCall.Progress.Whole(List<Piece.Call> calls, int end) -> {
                int raw = end;
                for (Piece.Call each : calls) {
                    pieces.add(new Piece.Call(each.name(), each.arguments(), raw));
                    raw = 0; // the first one stands for the text of all
                }
                held.take(end);
                afterCall = true;
            }
        }
        call = null;
        return true;
    }

    private void takeText(int length, List<Piece> pieces) {
        if (length > 0) {
            start = false;
            afterCall = false;
            held.takeText(length, pieces);
        }
    }

    private void skipSeparator(List<Piece> pieces) {
        int end = held.afterSpace(0);
        while (family == CallFamily.LLAMA && end < held.length() && held.at(end) == ';') {
            end = held.afterSpace(end + 1);
        }
        held.skip(end, pieces);
    }
}

package holt.engine.text.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Splits calls from text. A call becomes a piece when it is whole. Until then it may turn out to be malformed, and then it is
 * text. White space around calls is dropped.
 */
final class CallParser {
    private final CallFamily family;
    private final Map<String, Map<?, ?>> functions;
    private final HeldText held = new HeldText();
    private @Nullable OpenCall call;
    private boolean afterCall;
    private boolean start = true; // of the answer: no text so far

    /** @param functions schemas of the functions that can be called, by their names */
    CallParser(CallFamily family, Map<String, Map<?, ?>> functions) {
        this.family = family;
        this.functions = Map.copyOf(functions);
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
        if (afterCall && !betweenCalls(pieces)) {
            return false;
        }
        int first = held.afterSpace(0);
        boolean json = first < held.length() && (held.at(first) == '{' || held.at(first) == '[');
        boolean further =
                afterCall
                        && !family.furtherOpener().isEmpty()
                        && held.match(0, family.furtherOpener()) == HeldText.Match.YES;
        if (further || (family.isBare() && (start || afterCall) && json)) {
            call = open(first, first);
            return true;
        }
        int opener = held.indexOf(family.opener());
        if (opener < 0) {
            takeText(held.before(family.opener()), pieces);
            return false;
        }
        takeText(held.beforeSpace(opener), pieces);
        int begin = held.indexOf(family.opener());
        call = open(begin, begin + family.opener().length());
        return true;
    }

    private OpenCall open(int begin, int body) {
        return switch (family) {
            case QWEN_CODER -> new XmlCall(family, functions, held, begin, body);
            case HERMES, LLAMA, MISTRAL, DEEPSEEK, JSON ->
                    new JsonCall(family, functions.keySet(), held, begin, body);
        };
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

    /** Drops what stands between calls. Returns whether it is certain what follows. */
    private boolean betweenCalls(List<Piece> pieces) {
        int end = held.afterSpace(0);
        String separator = family.separator();
        while (!separator.isEmpty() && held.match(end, separator) == HeldText.Match.YES) {
            end = held.afterSpace(end + separator.length());
        }
        held.skip(end, pieces);
        return !held.isEmpty()
                && held.match(0, separator) != HeldText.Match.UNCERTAIN
                && held.match(0, family.furtherOpener()) != HeldText.Match.UNCERTAIN;
    }
}

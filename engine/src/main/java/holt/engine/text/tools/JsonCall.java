package holt.engine.text.tools;

import holt.engine.text.tools.HeldText.Match;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The beginning of a call whose arguments are JSON. */
final class JsonCall implements OpenCall {
    /** The beginning of an object, or of an array of objects, that may be a call. */
    private static final Pattern HEAD =
            Pattern.compile("\\[?\\s*\\{\\s*\"(?:name|type|function|id|arguments|parameters)\"");

    private final CallFamily family;
    private final Set<String> functions;
    private final HeldText held;
    private final int begin;
    private final int body;
    private final JsonScanner scanner = new JsonScanner();
    private @Nullable String name; // if it stands before the arguments
    private int json = -1; // where the JSON begins
    private int scanned; // up to where

    /**
     * A call that begins in held text.
     *
     * @param begin of the opener, or of the JSON if it has no opener
     * @param body the end of the opener
     */
    JsonCall(CallFamily family, Set<String> functions, HeldText held, int begin, int body) {
        this.family = family;
        this.functions = functions;
        this.held = held;
        this.begin = begin;
        this.body = body;
    }

    @Override
    public int malformedText() {
        return Math.max(body, begin + 1);
    }

    @Override
    public Progress proceed(boolean last) {
        Match head = json < 0 ? findJson() : Match.YES;
        Progress progress =
                switch (head) {
                    case YES -> scan(last);
                    case NO -> new Progress.Malformed();
                    case UNCERTAIN -> new Progress.Uncertain();
                };
        return last && progress instanceof Progress.Uncertain ? new Progress.Malformed() : progress;
    }

    private Match findJson() {
        int start = held.afterSpace(body);
        Match head = HeldText.match(held.matcher(HEAD, start));
        Pattern beforeArguments = family.beforeArguments();
        if (head == Match.NO && beforeArguments != null) {
            Matcher named = held.matcher(beforeArguments, start);
            head = HeldText.match(named);
            if (head == Match.YES) {
                name = named.group("name");
                start = named.end();
            }
        }
        if (head == Match.YES) {
            json = start;
            scanned = start;
        }
        return head;
    }

    private Progress scan(boolean last) {
        while (scanner.status() == JsonScanner.Status.OPEN && scanned < held.length()) {
            scanner.next(held.at(scanned++));
        }
        return switch (scanner.status()) {
            case OPEN -> new Progress.Uncertain();
            case BROKEN -> new Progress.Malformed();
            case DONE -> close(last);
        };
    }

    private Progress close(boolean last) {
        Optional<List<Piece.Call>> calls =
                calls(held.chars().subSequence(json, scanned).toString());
        if (calls.isEmpty()) {
            return new Progress.Malformed();
        }
        Pattern afterArguments = family.afterArguments();
        if (name != null && afterArguments != null) {
            Matcher after = held.matcher(afterArguments, scanned);
            return switch (HeldText.match(after)) {
                case YES -> new Progress.Whole(calls.get(), after.end());
                case UNCERTAIN ->
                        last
                                ? new Progress.Whole(calls.get(), held.length())
                                : new Progress.Uncertain();
                case NO -> new Progress.Malformed();
            };
        }
        return body == begin || family.closer().isEmpty()
                ? new Progress.Whole(calls.get(), scanned)
                : OpenCall.close(family, held, scanned, calls.get(), last);
    }

    private Optional<List<Piece.Call>> calls(String text) {
        if (name != null) {
            return Optional.of(List.of(new Piece.Call(name, text, 0)));
        }
        boolean marked = body > begin && family != CallFamily.JSON;
        return ReadCalls.read(text)
                .filter(calls ->
                        marked
                                || calls.stream()
                                        .map(Piece.Call::name)
                                        .allMatch(functions::contains));
    }
}

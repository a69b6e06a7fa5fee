package holt.engine.text.tools;

import holt.engine.text.tools.HeldText.Match;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The beginning of something that may become a call. */
final class OpenCall {
    /** The beginning of an object, or of an array of objects, that may be a call. */
    private static final Pattern HEAD =
            Pattern.compile("\\[?\\s*\\{\\s*\"(?:name|type|function|id|arguments|parameters)\"");

    /** A name before its arguments, as newer Mistral models write it. */
    private static final Pattern NAME =
            Pattern.compile("([\\w.-]{1,64})(?:\\[CALL_ID]\\w{1,64})?(?:\\[ARGS])?\\s*(?=\\{)");

    private final CallFamily family;
    private final Set<String> functions;
    private final HeldText held;
    private final int begin;
    private final int body;
    private final JsonScanner scanner = new JsonScanner();
    private @Nullable String name; // if it stands before the arguments
    private int json = -1; // where the JSON begins
    private int scanned; // up to where

    /** What has become of the call. */
    sealed interface Progress {
        record Uncertain() implements Progress {}

        record Malformed() implements Progress {}

        /** @param end of its text */
        record Whole(List<Piece.Call> calls, int end) implements Progress {}
    }

    /**
     * A call that begins in held text.
     *
     * @param begin of the opener, or of the JSON if it has no opener
     * @param body the end of the opener
     */
    OpenCall(CallFamily family, Set<String> functions, HeldText held, int begin, int body) {
        this.family = family;
        this.functions = functions;
        this.held = held;
        this.begin = begin;
        this.body = body;
    }

    /** The length of what is text if the call is malformed. What follows may be another call. */
    int malformedText() {
        return Math.max(body, begin + 1);
    }

    /** @param last whether no more text follows */
    Progress proceed(boolean last) {
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
        Match head = match(HEAD.matcher(held.chars()).region(start, held.length()));
        if (head == Match.NO && family == CallFamily.MISTRAL) {
            Matcher named = NAME.matcher(held.chars()).region(start, held.length());
            head = match(named);
            if (head == Match.YES) {
                name = named.group(1);
                start = named.end();
            }
        }
        if (head == Match.YES) {
            json = start;
            scanned = start;
        }
        return head;
    }

    private static Match match(Matcher matcher) {
        if (matcher.lookingAt()) {
            return Match.YES;
        }
        return matcher.hitEnd() ? Match.UNCERTAIN : Match.NO;
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
        if (body == begin || family.closer().isEmpty()) {
            return new Progress.Whole(calls.get(), scanned);
        }
        int end = held.afterSpace(scanned);
        return switch (held.match(end, family.closer())) {
            case YES -> new Progress.Whole(calls.get(), end + family.closer().length());
            case UNCERTAIN ->
                    last
                            ? new Progress.Whole(calls.get(), held.length())
                            : new Progress.Uncertain();
            case NO ->
                    switch (held.match(end, family.opener())) {
                        case YES -> new Progress.Whole(calls.get(), scanned);
                        case UNCERTAIN -> new Progress.Uncertain();
                        case NO -> new Progress.Malformed();
                    };
        };
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

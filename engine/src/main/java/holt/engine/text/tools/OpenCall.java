package holt.engine.text.tools;

import java.util.List;

/** The beginning of something that may become a call. */
interface OpenCall {
    /** @param last whether no more text follows */
    Progress proceed(boolean last);

    /** The length of what is text if the call is malformed. What follows may be another call. */
    int malformedText();

    /** What has become of the call. */
    sealed interface Progress {
        record Uncertain() implements Progress {}

        record Malformed() implements Progress {}

        /** @param end of its text */
        record Whole(List<Piece.Call> calls, int end) implements Progress {}
    }

    /** Looks for the family's closer behind calls that end at {@code end}. The last closer may be missing. */
    static Progress close(
            CallFamily family, HeldText held, int end, List<Piece.Call> calls, boolean last) {
        int closer = held.afterSpace(end);
        return switch (held.match(closer, family.closer())) {
            case YES -> new Progress.Whole(calls, closer + family.closer().length());
            case UNCERTAIN ->
                    last ? new Progress.Whole(calls, held.length()) : new Progress.Uncertain();
            case NO ->
                    switch (held.match(closer, family.opener())) {
                        case YES -> new Progress.Whole(calls, end);
                        case UNCERTAIN -> new Progress.Uncertain();
                        case NO -> new Progress.Malformed();
                    };
        };
    }
}

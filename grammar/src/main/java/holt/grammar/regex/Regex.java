package holt.grammar.regex;

import java.util.ArrayList;
import java.util.List;

/** A regular expression over characters. */
public sealed interface Regex {
    /** In place of the most repetitions: without a bound. */
    int UNBOUNDED = -1;

    Regex EMPTY = new Sequence(List.of());

    /** One character of a set. Matches nothing if the set is empty. */
    record Chars(CharSet set) implements Regex {}

    /** One part after the other. */
    record Sequence(List<Regex> parts) implements Regex {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of several expressions. Matches nothing if there are none. */
    record Either(List<Regex> options) implements Regex {
        public Either {
            options = List.copyOf(options);
        }
    }

    /** @param most {@link #UNBOUNDED} = any number */
    record Repeat(Regex part, int least, int most) implements Regex {}

    /** The beginning of the text. {@link Anchors} removes it. */
    record Start() implements Regex {}

    /** The end of the text. {@link Anchors} removes it. */
    record End() implements Regex {}

    static Regex literal(String text) {
        List<Regex> parts = new ArrayList<>();
        text.codePoints().forEach(each -> parts.add(new Chars(CharSet.one(each))));
        return new Sequence(parts);
    }

    static Regex sequence(Regex... parts) {
        return new Sequence(List.of(parts));
    }

    static Regex either(Regex... options) {
        return new Either(List.of(options));
    }

    static Regex optional(Regex part) {
        return new Repeat(part, 0, 1);
    }

    static Regex any(Regex part) {
        return new Repeat(part, 0, UNBOUNDED);
    }
}

package holt.grammar.regex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of Unicode characters without surrogates.
 *
 * @param ranges ascending, apart from each other
 */
public record CharSet(List<Range> ranges) {
    private static final int LAST = Character.MAX_CODE_POINT;

    /** From the first to the last code point, both included. */
    public record Range(int first, int last) {}

    /** Every character. */
    public static final CharSet ALL =
            of(
                    new Range(0, Character.MIN_SURROGATE - 1),
                    new Range(Character.MAX_SURROGATE + 1, LAST));

    public static final CharSet NONE = new CharSet(List.of());

    public CharSet {
        ranges = List.copyOf(ranges);
    }

    public static CharSet of(Range... ranges) {
        return of(List.of(ranges));
    }

    /** The characters of some ranges, in any order. */
    public static CharSet of(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        for (Range next : ranges.stream().sorted(Comparator.comparingInt(Range::first)).toList()) {
            Range last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.first > last.last + 1) {
                merged.add(next);
            } else if (next.last > last.last) {
                merged.set(merged.size() - 1, new Range(last.first, next.last));
            }
        }
        return new CharSet(merged);
    }

    public static CharSet range(int first, int last) {
        return of(new Range(first, last));
    }

    public static CharSet one(int character) {
        return range(character, character);
    }

    /** The characters of a string. */
    public static CharSet anyOf(String characters) {
        return of(characters.codePoints().mapToObj(each -> new Range(each, each)).toList());
    }

    public CharSet union(CharSet other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    /** The characters that are in both. */
    public CharSet intersect(CharSet other) {
        List<Range> both = new ArrayList<>();
        for (Range a : ranges) {
            for (Range b : other.ranges) {
                int first = Math.max(a.first, b.first);
                int last = Math.min(a.last, b.last);
                if (first <= last) {
                    both.add(new Range(first, last));
                }
            }
        }
        return of(both);
    }

    public CharSet complement() {
        List<Range> gaps = new ArrayList<>();
        int next = 0;
        for (Range range : ranges) {
            if (range.first > next) {
                gaps.add(new Range(next, range.first - 1));
            }
            next = range.last + 1;
        }
        if (next <= LAST) {
            gaps.add(new Range(next, LAST));
        }
        return of(gaps).intersect(ALL);
    }

    public CharSet minus(CharSet other) {
        return intersect(other.complement());
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(int character) {
        return ranges.stream()
                .anyMatch(range -> range.first <= character && character <= range.last);
    }
}

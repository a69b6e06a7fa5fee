package holt.grammar.schema;

import holt.grammar.regex.CharSet;
import holt.grammar.regex.Regex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers within bounds, as expressions. No number has more than 15 digits before or after the point, unless a bound has. */
final class Numbers {
    static final BigInteger MOST = BigInteger.TEN.pow(15).subtract(BigInteger.ONE);

    private static final CharSet DIGITS = CharSet.range('0', '9');
    private static final Regex DIGIT = new Regex.Chars(DIGITS);
    private static final Regex POINT = Regex.literal(".");
    private static final Regex MINUS = Regex.literal("-");
    private static final Regex ZERO = Regex.literal("0");
    private static final int FRACTION = 15;

    /** Bounds of a number; null = none. */
    record Bounds(
            @Nullable BigInteger least,
            boolean leastExcluded,
            @Nullable BigInteger most,
            boolean mostExcluded) {}

    private Numbers() {}

    /** Any number, with a fraction and an exponent of at most two digits. */
    static Regex any() {
        Regex whole =
                Regex.either(
                        ZERO,
                        Regex.sequence(
                                new Regex.Chars(CharSet.range('1', '9')),
                                new Regex.Repeat(DIGIT, 0, 14)));
        Regex exponent =
                Regex.sequence(
                        new Regex.Chars(CharSet.anyOf("eE")),
                        Regex.optional(new Regex.Chars(CharSet.anyOf("+-"))),
                        new Regex.Repeat(DIGIT, 1, 2));
        return Regex.sequence(
                Regex.optional(MINUS), whole, Regex.optional(fraction()), Regex.optional(exponent));
    }

    /** The whole numbers from the least to the most, both included. */
    static Regex integers(BigInteger least, BigInteger most) {
        List<Regex> options = new ArrayList<>();
        if (most.signum() >= 0) {
            options.add(magnitudes(least.max(BigInteger.ZERO), most));
        }
        if (least.signum() < 0) {
            BigInteger from = most.signum() < 0 ? most.negate() : BigInteger.ONE;
            options.add(Regex.sequence(MINUS, magnitudes(from, least.negate())));
        }
        return new Regex.Either(options);
    }

    /** Numbers with a fraction and no exponent. */
    static Regex decimals(Bounds bounds) {
        BigInteger most =
                bounds.most == null
                        ? bounds.least == null ? MOST : MOST.max(bounds.least)
                        : bounds.most;
        BigInteger least = bounds.least == null ? MOST.negate().min(most) : bounds.least;
        List<Regex> options = new ArrayList<>();
        if (most.signum() > 0 || (most.signum() == 0 && !bounds.mostExcluded)) {
            boolean excluded = least.signum() >= 0 && bounds.leastExcluded;
            options.add(
                    magnitudes(least.max(BigInteger.ZERO), excluded, most, bounds.mostExcluded));
        }
        if (least.signum() < 0) {
            boolean below = most.signum() <= 0;
            BigInteger from = below ? most.negate() : BigInteger.ZERO;
            boolean excluded = below ? bounds.mostExcluded : true; // -0 is not written
            options.add(
                    Regex.sequence(
                            MINUS,
                            magnitudes(from, excluded, least.negate(), bounds.leastExcluded)));
        }
        return new Regex.Either(options);
    }

    private static Regex magnitudes(
            BigInteger from, boolean fromExcluded, BigInteger to, boolean toExcluded) {
        List<Regex> options = new ArrayList<>();
        BigInteger first = from;
        if (fromExcluded && from.compareTo(to) < 0) {
            options.add(Regex.sequence(Regex.literal(from.toString()), POINT, notZero()));
            first = from.add(BigInteger.ONE);
        }
        if (first.compareTo(to) < 0) {
            options.add(
                    Regex.sequence(
                            magnitudes(first, to.subtract(BigInteger.ONE)),
                            Regex.optional(fraction())));
        }
        if (!toExcluded && !(fromExcluded && from.equals(to))) {
            Regex zeros = Regex.sequence(POINT, new Regex.Repeat(ZERO, 1, FRACTION));
            options.add(Regex.sequence(Regex.literal(to.toString()), Regex.optional(zeros)));
        }
        return new Regex.Either(options);
    }

    private static Regex fraction() {
        return Regex.sequence(POINT, new Regex.Repeat(DIGIT, 1, FRACTION));
    }

    private static Regex notZero() {
        return Regex.sequence(
                new Regex.Repeat(DIGIT, 0, FRACTION - 1), new Regex.Chars(CharSet.range('1', '9')));
    }

    /** From 0 or more. */
    private static Regex magnitudes(BigInteger from, BigInteger to) {
        List<Regex> options = new ArrayList<>();
        String last = to.toString();
        String first = from.toString();
        while (first.length() < last.length()) {
            options.add(atLeast(first));
            first = "1" + "0".repeat(first.length());
        }
        if (first.compareTo(last) <= 0) {
            options.add(between(first, last));
        }
        return new Regex.Either(options);
    }

    /** Numbers with as many digits. */
    private static Regex between(String first, String last) {
        int length = first.length();
        if (first.equals("0".repeat(length)) && last.equals("9".repeat(length))) {
            return digits(first);
        }
        char low = first.charAt(0);
        char high = last.charAt(0);
        String lowRest = first.substring(1);
        String highRest = last.substring(1);
        if (low == high) {
            return Regex.sequence(digit(low, low), between(lowRest, highRest));
        }
        return Regex.either(
                Regex.sequence(digit(low, low), atLeast(lowRest)),
                Regex.sequence(digit((char) (low + 1), (char) (high - 1)), digits(lowRest)),
                Regex.sequence(digit(high, high), atMost(highRest)));
    }

    private static Regex atLeast(String first) {
        return between(first, "9".repeat(first.length()));
    }

    private static Regex atMost(String last) {
        return between("0".repeat(last.length()), last);
    }

    private static Regex digits(String asMany) {
        return new Regex.Repeat(DIGIT, asMany.length(), asMany.length());
    }

    private static Regex digit(char first, char last) {
        return new Regex.Chars(first > last ? CharSet.NONE : CharSet.range(first, last));
    }
}

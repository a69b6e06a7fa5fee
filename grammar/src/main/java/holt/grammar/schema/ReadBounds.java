package holt.grammar.schema;

import holt.grammar.refusal.RefusedConstraintException;
import holt.grammar.regex.Regex;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The bounds of a number. */
final class ReadBounds {
    private static final int MOST_DIGITS = 30;

    private final ObjectNode schema;
    private final String pointer;

    ReadBounds(ObjectNode schema, String pointer) {
        this.schema = schema;
        this.pointer = pointer;
    }

    Regex numbers(boolean whole) {
        return whole ? integers() : decimals();
    }

    private Regex integers() {
        BigInteger least = rounded("minimum", RoundingMode.CEILING, 0);
        BigInteger above = rounded("exclusiveMinimum", RoundingMode.FLOOR, 1);
        BigInteger most = rounded("maximum", RoundingMode.FLOOR, 0);
        BigInteger below = rounded("exclusiveMaximum", RoundingMode.CEILING, -1);
        BigInteger low = least == null ? above : above == null ? least : least.max(above);
        BigInteger high = most == null ? below : below == null ? most : most.min(below);
        if (low == null) {
            low = high == null ? Numbers.MOST.negate() : Numbers.MOST.negate().min(high);
        }
        return Numbers.integers(low, high == null ? Numbers.MOST.max(low) : high);
    }

    private @Nullable BigInteger rounded(String keyword, RoundingMode mode, int step) {
        BigDecimal bound = bound(keyword);
        return bound == null
                ? null
                : bound.setScale(0, mode).toBigInteger().add(BigInteger.valueOf(step));
    }

    private Regex decimals() {
        BigInteger least = exact("minimum");
        BigInteger above = exact("exclusiveMinimum");
        BigInteger most = exact("maximum");
        BigInteger below = exact("exclusiveMaximum");
        boolean excludeLeast = above != null && (least == null || above.compareTo(least) >= 0);
        boolean excludeMost = below != null && (most == null || below.compareTo(most) <= 0);
        return Numbers.decimals(
                new Numbers.Bounds(
                        excludeLeast ? above : least,
                        excludeLeast,
                        excludeMost ? below : most,
                        excludeMost));
    }

    private @Nullable BigInteger exact(String keyword) {
        BigDecimal bound = bound(keyword);
        if (bound != null && bound.stripTrailingZeros().scale() > 0) {
            throw new RefusedConstraintException(
                    pointer + "/" + keyword, "must be a whole number, also for the type number");
        }
        return bound == null ? null : bound.toBigInteger();
    }

    private @Nullable BigDecimal bound(String keyword) {
        JsonNode bound = schema.path(keyword);
        if (bound.isMissingNode()) {
            return null;
        }
        if (!bound.isNumber()) {
            throw new RefusedConstraintException(pointer + "/" + keyword, "must be a number");
        }
        BigDecimal value = bound.decimalValue();
        if (value.precision() > MOST_DIGITS
                || Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS) {
            throw new RefusedConstraintException(
                    pointer + "/" + keyword, "must have at most %d digits".formatted(MOST_DIGITS));
        }
        return value;
    }
}

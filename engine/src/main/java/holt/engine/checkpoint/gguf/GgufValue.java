package holt.engine.checkpoint.gguf;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A metadata value of a GGUF file. Integers of all widths are one kind. Unsigned ones from 2^63 on become negative. */
public sealed interface GgufValue {
    record Whole(long value) implements GgufValue {}

    record Real(double value) implements GgufValue {}

    record Truth(boolean value) implements GgufValue {}

    record Text(String value) implements GgufValue {}

    /** A list, read on access: a vocabulary is large, and some callers do not need it. */
    record Sequence(int type, long count, GgufCursor start) implements GgufValue {
        public List<String> texts() {
            return read(value -> value instanceof Text text ? text.value() : null, "texts");
        }

        public List<Long> wholes() {
            return read(value -> value instanceof Whole whole ? whole.value() : null, "integers");
        }

        public List<Double> reals() {
            return read(value -> value instanceof Real real ? real.value() : null, "numbers");
        }

        private <T> List<T> read(Function<GgufValue, @Nullable T> as, String expected) {
            GgufCursor cursor = start.from(start.at());
            List<T> all = new ArrayList<>(Math.toIntExact(count));
            for (long i = 0; i < count; i++) {
                T value = as.apply(GgufValue.read(cursor, type));
                if (value == null) {
                    throw cursor.broken("it has a list that is not one of " + expected);
                }
                all.add(value);
            }
            return all;
        }
    }

    /** @param type the number of the type in the format */
    static GgufValue read(GgufCursor cursor, int type) {
        return switch (type) {
            case 0 -> new Whole(Byte.toUnsignedLong(cursor.int8()));
            case 1 -> new Whole(cursor.int8());
            case 2 -> new Whole(Short.toUnsignedLong(cursor.int16()));
            case 3 -> new Whole(cursor.int16());
            case 4 -> new Whole(Integer.toUnsignedLong(cursor.int32()));
            case 5 -> new Whole(cursor.int32());
            case 6 -> new Real(Float.intBitsToFloat(cursor.int32()));
            case 7 -> new Truth(cursor.int8() != 0);
            case 8 -> new Text(cursor.text());
            case 9 -> sequence(cursor);
            case 10, 11 -> new Whole(cursor.int64());
            case 12 -> new Real(Double.longBitsToDouble(cursor.int64()));
            default -> throw cursor.broken("it has a value of the unknown type " + type);
        };
    }

    private static GgufValue sequence(GgufCursor cursor) {
        int type = cursor.int32();
        if (type == 9) {
            throw cursor.broken("it has a list of lists");
        }
        long count = cursor.count(width(type, cursor));
        Sequence sequence = new Sequence(type, count, cursor.from(cursor.at()));
        if (type == 8) {
            for (long i = 0; i < count; i++) {
                cursor.skipText();
            }
        } else {
            cursor.advance(count * width(type, cursor));
        }
        return sequence;
    }

    /** The least bytes of a value. */
    private static long width(int type, GgufCursor cursor) {
        return switch (type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 8, 10, 11, 12 -> 8;
            default -> throw cursor.broken("it has a list of the unknown type " + type);
        };
    }
}

package holt.grammar.regex;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits ranges of characters into sequences of byte ranges. */
final class Utf8 {
    private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF, Character.MAX_CODE_POINT};

    /** Byte ranges: any byte of the first, then any of the second, and so on. */
    record Bytes(List<CharSet.Range> octets) {}

    private Utf8() {}

    static List<Bytes> of(CharSet set) {
        List<Bytes> all = new ArrayList<>();
        for (CharSet.Range range : set.ranges()) {
            int first = range.first();
            for (int last : LAST_OF_LENGTH) {
                if (first <= Math.min(last, range.last())) {
                    split(first, Math.min(last, range.last()), all);
                    first = last + 1;
                }
            }
        }
        return all;
    }

    /** Splits a range of characters with the same number of bytes until each byte is independent of the others. */
    private static void split(int first, int last, List<Bytes> into) {
        for (int bits = 6; bits <= 18; bits += 6) {
            int low = (1 << bits) - 1;
            if ((first & ~low) != (last & ~low)) {
                if ((first & low) != 0) {
                    split(first, first | low, into);
                    split((first | low) + 1, last, into);
                    return;
                }
                if ((last & low) != low) {
                    split(first, (last & ~low) - 1, into);
                    split(last & ~low, last, into);
                    return;
                }
            }
        }
        byte[] from = bytes(first);
        byte[] to = bytes(last);
        List<CharSet.Range> octets = new ArrayList<>();
        for (int i = 0; i < from.length; i++) {
            octets.add(new CharSet.Range(Byte.toUnsignedInt(from[i]), Byte.toUnsignedInt(to[i])));
        }
        into.add(new Bytes(octets));
    }

    private static byte[] bytes(int character) {
        return Character.toString(character).getBytes(StandardCharsets.UTF_8);
    }
}

package holt.engine.checkpoint.gguf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Converts quantised blocks to fp32, little-endian, with the arithmetic of ggml's reference. Used by one thread. */
public final class Dequantise {
    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The values of IQ4_NL's and IQ4_XS's elements: closer together around zero. */
    private static final byte[] UNEVEN = {
        -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113
    };

    private final MemorySegment from;
    private final MemorySegment to;

    private Dequantise(MemorySegment from, MemorySegment to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Converts whole blocks.
     *
     * @param from whole blocks of the type
     * @param scope owns the result
     */
    public static MemorySegment toFloats(GgufType type, MemorySegment from, Arena scope) {
        long blocks = from.byteSize() / type.blockBytes();
        MemorySegment to = scope.allocate(blocks * type.block() * Float.BYTES, Float.BYTES);
        var dequantise = new Dequantise(from, to);
        for (long block = 0; block < blocks; block++) {
            dequantise.block(type, block * type.blockBytes(), block * type.block());
        }
        return to;
    }

    /**
     * Converts one block.
     *
     * @param source the index of its first byte
     * @param target the index of its first element
     */
    private void block(GgufType type, long source, long target) {
        switch (type) {
            case Q8_0 -> bytes(source, target);
            case Q4_0 -> {
                float scale = half(source);
                nibbles(source + 2, 0, scale, -8 * scale, target);
            }
            case Q4_1 -> nibbles(source + 4, 0, half(source), half(source + 2), target);
            case Q5_0 -> {
                float scale = half(source);
                nibbles(source + 6, from.get(INT, source + 2), scale, -16 * scale, target);
            }
            case Q5_1 ->
                    nibbles(
                            source + 8,
                            from.get(INT, source + 4),
                            half(source),
                            half(source + 2),
                            target);
            case Q2_K -> twoBits(source, target);
            case Q3_K -> threeBits(source, target);
            case Q4_K -> fourOrFiveBits(source, -1, source + 16, target);
            case Q5_K -> fourOrFiveBits(source, source + 16, source + 48, target);
            case Q6_K -> sixBits(source, target);
            case IQ4_NL -> uneven(source + 2, half(source), target);
            case IQ4_XS -> unevenGroups(source, target);
            case F32, F16, BF16 -> throw new IllegalArgumentException(type + " is not quantised");
        }
    }

    private void bytes(long source, long target) {
        float scale = half(source);
        for (int i = 0; i < 32; i++) {
            set(target + i, scale * from.get(ValueLayout.JAVA_BYTE, source + 2 + i));
        }
    }

    /**
     * 32 elements of four or five bits.
     *
     * @param fifth the fifth bit of each element, the first element's lowest; 0 if they have four
     */
    private void nibbles(long source, int fifth, float scale, float offset, long target) {
        for (int i = 0; i < 16; i++) {
            int both = unsigned(source + i);
            int first = (both & 15) | (((fifth >>> i) & 1) << 4);
            int second = (both >> 4) | (((fifth >>> (16 + i)) & 1) << 4);
            set(target + i, scale * first + offset);
            set(target + 16 + i, scale * second + offset);
        }
    }

    /** 16 groups of 16 elements, each with its own scale and minimum. Eight groups share 32 bytes. */
    private void twoBits(long source, long target) {
        float scaleOfScales = half(source + 80);
        float scaleOfMinima = half(source + 82);
        for (int group = 0; group < 16; group++) {
            int both = unsigned(source + group);
            float scale = scaleOfScales * (both & 15);
            float minimum = scaleOfMinima * (both >> 4);
            for (int i = 0; i < 16; i++) {
                set(target + group * 16L + i, scale * pair(source + 16, group, i) - minimum);
            }
        }
    }

    /** As {@link #twoBits}, with a third bit that subtracts four where it is not set, and without minima. */
    private void threeBits(long source, long target) {
        float scaleOfScales = half(source + 108);
        for (int group = 0; group < 16; group++) {
            float scale = scaleOfScales * (threeBitScale(source + 96, group) - 32);
            for (int i = 0; i < 16; i++) {
                int third = (unsigned(source + group % 2 * 16 + i) >> (group / 2)) & 1;
                int element = pair(source + 32, group, i) - (third == 0 ? 4 : 0);
                set(target + group * 16L + i, scale * element);
            }
        }
    }

    /** Two bits of an element. The 128 elements of a half lie in 32 bytes: byte i has elements i, i + 32, i + 64 and i + 96. */
    private int pair(long low, int group, int i) {
        int inHalf = group % 8;
        return (unsigned(low + group / 8 * 32L + inHalf % 2 * 16 + i) >> (inHalf / 2 * 2)) & 3;
    }

    /** Eight bytes hold the lower four bits of 16 scales, four bytes the upper two. */
    private int threeBitScale(long scales, int group) {
        int both = unsigned(scales + group % 8);
        int low = group < 8 ? both & 15 : both >> 4;
        int high = (unsigned(scales + 8 + group % 4) >> (group / 4 * 2)) & 3;
        return low | (high << 4);
    }

    private void uneven(long source, float scale, long target) {
        for (int i = 0; i < 16; i++) {
            int both = unsigned(source + i);
            set(target + i, scale * UNEVEN[both & 15]);
            set(target + 16 + i, scale * UNEVEN[both >> 4]);
        }
    }

    /** Eight groups of 32 elements, each with its own scale. */
    private void unevenGroups(long source, long target) {
        float scaleOfScales = half(source);
        int highs = Short.toUnsignedInt(from.get(HALF, source + 2));
        for (int group = 0; group < 8; group++) {
            int low = (unsigned(source + 4 + group / 2) >> (group % 2 * 4)) & 15;
            int high = (highs >> (group * 2)) & 3;
            float scale = scaleOfScales * ((low | (high << 4)) - 32);
            uneven(source + 8 + group * 16L, scale, target + group * 32L);
        }
    }

    /**
     * Eight groups of 32 elements, each with its own scale and minimum. Two groups share their bytes.
     *
     * @param fifth the index of the fifth bits, one byte for the same element of all groups; negative = none
     * @param low the index of the lower four bits
     */
    private void fourOrFiveBits(long source, long fifth, long low, long target) {
        float scaleOfScales = half(source);
        float scaleOfMinima = half(source + 2);
        for (int group = 0; group < 8; group++) {
            float scale = scaleOfScales * sixBitScale(source + 4, group);
            float minimum = scaleOfMinima * sixBitMinimum(source + 4, group);
            for (int i = 0; i < 32; i++) {
                int both = unsigned(low + group / 2 * 32 + i);
                int element = group % 2 == 0 ? both & 15 : both >> 4;
                if (fifth >= 0) {
                    element |= ((unsigned(fifth + i) >> group) & 1) << 4;
                }
                set(target + group * 32L + i, scale * element - minimum);
            }
        }
    }

    /** Twelve bytes hold eight scales and eight minima. The upper two bits of the last four are in the bytes of the first four. */
    private int sixBitScale(long scales, int group) {
        return group < 4
                ? unsigned(scales + group) & 63
                : (unsigned(scales + group + 4) & 15) | ((unsigned(scales + group - 4) >> 6) << 4);
    }

    private int sixBitMinimum(long scales, int group) {
        return group < 4
                ? unsigned(scales + group + 4) & 63
                : (unsigned(scales + group + 4) >> 4) | ((unsigned(scales + group) >> 6) << 4);
    }

    /** Two halves of four quarters of 32 elements. Quarters 1 and 3, and 2 and 4, share bytes; all four share the upper bits. */
    private void sixBits(long source, long target) {
        float scaleOfScales = half(source + 208);
        for (int part = 0; part < 2; part++) {
            for (int quarter = 0; quarter < 4; quarter++) {
                for (int i = 0; i < 32; i++) {
                    int both = unsigned(source + part * 64 + quarter % 2 * 32 + i);
                    int low = quarter < 2 ? both & 15 : both >> 4;
                    int high = (unsigned(source + 128 + part * 32 + i) >> (2 * quarter)) & 3;
                    byte scale =
                            from.get(
                                    ValueLayout.JAVA_BYTE,
                                    source + 192 + part * 8 + quarter * 2 + i / 16);
                    set(
                            target + part * 128 + quarter * 32 + i,
                            scaleOfScales * scale * ((low | (high << 4)) - 32));
                }
            }
        }
    }

    private void set(long element, float value) {
        to.set(FLOAT, element * Float.BYTES, value);
    }

    private int unsigned(long at) {
        return Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at));
    }

    private float half(long at) {
        return Float.float16ToFloat(from.get(HALF, at));
    }
}

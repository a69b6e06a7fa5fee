package holt.engine.checkpoint.gguf;

import java.util.Arrays;
import java.util.Optional;

/** The element types of GGUF tensors, with ggml's ids and layouts. A row consists of blocks, each with its own fp16 scale. */
public enum GgufType {
    F32(0, 1, 4),
    F16(1, 1, 2),
    /** Scale; two elements a byte, from -8 to 7: the first half of the block in the low nibbles. */
    Q4_0(2, 32, 18),
    /** Scale and fp16 minimum; two elements a byte, from 0 to 15. */
    Q4_1(3, 32, 20),
    /** Scale; a fifth bit an element; then as Q4_0, from -16 to 15. */
    Q5_0(6, 32, 22),
    /** Scale and fp16 minimum; a fifth bit an element; then as Q4_1, from 0 to 31. */
    Q5_1(7, 32, 24),
    /** Scale; a signed byte an element. */
    Q8_0(8, 32, 34),
    /** 16 bytes, each with a 4-bit scale and a 4-bit minimum; two bits an element; fp16 scales of the scales and of the minima. */
    Q2_K(10, 256, 84),
    /** A third bit an element; two bits an element; sixteen 6-bit scales in 12 bytes; fp16 scale of the scales. */
    Q3_K(11, 256, 110),
    /** 16 bytes of scales of scales and minima, then two elements a byte, from 0 to 15. */
    Q4_K(12, 256, 144),
    /** As Q4_K, with a fifth bit of each element between scales and elements. */
    Q5_K(13, 256, 176),
    /** Four bits, two more bits, and a signed byte of scale for 16 elements each; the scale of scales comes last. */
    Q6_K(14, 256, 210),
    /** Scale; two elements a byte, each an index of a table. */
    IQ4_NL(20, 32, 18),
    /** Scale of scales; eight 6-bit scales in 6 bytes; then as IQ4_NL. */
    IQ4_XS(23, 256, 136),
    BF16(30, 1, 2);

    private final int id;
    private final int block;
    private final int blockBytes;

    GgufType(int id, int block, int blockBytes) {
        this.id = id;
        this.block = block;
        this.blockBytes = blockBytes;
    }

    static Optional<GgufType> of(int id) {
        return Arrays.stream(values()).filter(type -> type.id == id).findFirst();
    }

    /** The name of a type, also of an unsupported one. */
    static String nameOf(int id) {
        return switch (id) {
            case 9 -> "Q8_1";
            case 15 -> "Q8_K";
            case 16 -> "IQ2_XXS";
            case 17 -> "IQ2_XS";
            case 18 -> "IQ3_XXS";
            case 19 -> "IQ1_S";
            case 21 -> "IQ3_S";
            case 22 -> "IQ2_S";
            case 29 -> "IQ1_M";
            case 34 -> "TQ1_0";
            case 35 -> "TQ2_0";
            case 39 -> "MXFP4";
            default -> of(id).map(GgufType::name).orElse("number " + id);
        };
    }

    /** The number of elements in a block. */
    int block() {
        return block;
    }

    /** The bytes of a number of elements, which fill whole blocks. */
    long bytes(long elements) {
        return Math.multiplyExact(elements / block, (long) blockBytes);
    }

    int blockBytes() {
        return blockBytes;
    }

    public boolean isQuantised() {
        return block > 1;
    }
}

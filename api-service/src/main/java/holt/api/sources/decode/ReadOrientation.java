package holt.api.sources.decode;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads the orientation from an EXIF segment, which is a small TIFF file. */
final class ReadOrientation {
    private static final byte[] MARK = {'E', 'x', 'i', 'f', 0, 0};
    private static final int ORIENTATION = 274;
    private static final int SHORT = 3;

    private ReadOrientation() {}

    /**
     * @param segment content of a JPEG's APP1 segment; without valid EXIF the picture counts as upright
     */
    static Orientation in(ByteBuffer segment) {
        try {
            byte[] mark = new byte[MARK.length];
            segment.get(mark);
            return Arrays.equals(mark, MARK) ? inTiff(segment.slice()) : Orientation.UPRIGHT;
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            return Orientation.UPRIGHT;
        }
    }

    private static Orientation inTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Short.toUnsignedInt(tiff.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == ORIENTATION && tiff.getShort(entry + 2) == SHORT) {
                return Orientation.of(tiff.getShort(entry + 8));
            }
        }
        return Orientation.UPRIGHT;
    }
}

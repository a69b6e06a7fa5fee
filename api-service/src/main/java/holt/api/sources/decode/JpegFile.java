package holt.api.sources.decode;

import java.nio.ByteBuffer;

/**
 * The facts that a JPEG's markers show before its pixels are decoded. Java's reader would make up missing pixels.
 *
 * @param orientation how the camera was held
 */
record JpegFile(Orientation orientation) {
    /** Limit for progressive JPEGs. Each scan goes over all pixels, so many tiny scans in a small file would take minutes. */
    private static final int MOST_SCANS = 100;

    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;

    /** Offset of a frame header's number of components. */
    private static final int COMPONENTS = 9;

    /** @throws InvalidImageException if the end is missing, there are too many scans, or the colors are neither gray nor of three components */
    static JpegFile scan(byte[] jpeg) throws InvalidImageException {
        var orientation = Orientation.UPRIGHT;
        int scans = 0;
        int at = 2;
        while (at + 1 < jpeg.length) {
            int marker = jpeg[at + 1] & 0xFF;
            if ((jpeg[at] & 0xFF) != MARKER || hasNoLength(marker)) {
                at++;
                continue;
            }
            if (marker == END_OF_IMAGE) {
                return new JpegFile(orientation);
            }
            int length = at + 3 < jpeg.length ? unsigned(jpeg, at + 2) : 0;
            if (length < 2 || at + 2 + length > jpeg.length) {
                break;
            }
            if (marker == APP1 && orientation == Orientation.UPRIGHT) {
                var segment = ByteBuffer.wrap(jpeg, at + 4, length - 2).slice();
                orientation = ReadOrientation.in(segment);
            } else if (startsFrame(marker) && length >= COMPONENTS - 1) {
                checkColors(jpeg[at + COMPONENTS] & 0xFF);
            } else if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
                throw new InvalidImageException("the JPEG has more than " + MOST_SCANS + " scans");
            }
            // Compressed data follows a scan's header. None of its bytes looks like a marker.
            at += 2 + length;
        }
        throw new InvalidImageException("the JPEG is truncated");
    }

    /** Java's reader would decode CMYK and YCCK, but with wrong colors. */
    private static void checkColors(int components) throws InvalidImageException {
        if (components != 1 && components != 3) {
            throw new InvalidImageException(
                    "the JPEG has "
                            + components
                            + " color components"
                            + (components == 4 ? " (CMYK or YCCK)" : "")
                            + "; convert it to RGB");
        }
    }

    /** Markers 0xC0 to 0xCF start a frame, except those of Huffman tables, extensions and arithmetic coding. */
    private static boolean startsFrame(int marker) {
        return (marker & 0xF0) == 0xC0 && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static int unsigned(byte[] jpeg, int at) {
        return ((jpeg[at] & 0xFF) << 8) | (jpeg[at + 1] & 0xFF);
    }

    /** Fill bytes, escaped data and restart markers, which have no length. */
    private static boolean hasNoLength(int second) {
        return second == MARKER || second <= 0x01 || (second >= 0xD0 && second <= 0xD8);
    }
}

package holt.api.sources;

import java.nio.ByteBuffer;

/**
 * What a JPEG's markers say before its pixels are decoded, which would make up those that are missing.
 *
 * @param orientation how the camera was held
 */
record JpegFile(Orientation orientation) {
    /** Of a progressive one. Each goes over all pixels, so many small ones in a small file would take minutes. */
    private static final int MOST_SCANS = 100;

    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;

    /** @throws RefusedSourceException when the end is missing, or it has too many scans */
    static JpegFile scan(byte[] jpeg) throws RefusedSourceException {
        var orientation = Orientation.UPRIGHT;
        int scans = 0;
        int at = 2;
        while (at + 1 < jpeg.length) {
            int marker = jpeg[at + 1] & 0xFF;
            if ((jpeg[at] & 0xFF) != MARKER || isNone(marker)) {
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
            } else if (marker == START_OF_SCAN && ++scans > MOST_SCANS) {
                throw RefusedSourceException.image(
                        "the JPEG has more than " + MOST_SCANS + " scans");
            }
            // Compressed data follows a scan's header; none of its bytes looks like a marker.
            at += 2 + length;
        }
        throw RefusedSourceException.image("the JPEG is cut off");
    }

    private static int unsigned(byte[] jpeg, int at) {
        return ((jpeg[at] & 0xFF) << 8) | (jpeg[at + 1] & 0xFF);
    }

    /** Fill bytes, escaped data, restarts: nothing that has a length. */
    private static boolean isNone(int second) {
        return second == MARKER || second <= 0x01 || (second >= 0xD0 && second <= 0xD8);
    }
}

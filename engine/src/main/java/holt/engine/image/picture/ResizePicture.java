package holt.engine.image.picture;

/** Resizes pictures with a Lanczos kernel of width 3, which is wider when the picture gets smaller. */
public final class ResizePicture {
    private static final int COLOURS = 3;
    private static final double LOBES = 3;

    private ResizePicture() {}

    /** The picture in this size, in pixels. Returns the same object if it already has the size. */
    public static Picture to(Picture picture, int width, int height) {
        if (picture.width() == width && picture.height() == height) {
            return picture;
        }
        float[] source = new float[picture.rgb().length];
        for (int i = 0; i < source.length; i++) {
            source[i] = picture.rgb()[i] & 0xff;
        }
        float[] across = alongRows(source, picture.width(), picture.height(), width);
        float[] result = alongColumns(across, COLOURS * width, picture.height(), height);
        byte[] rgb = new byte[result.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.clamp(Math.rint(result[i]), 0, 255);
        }
        return new Picture(width, height, rgb);
    }

    private static float[] alongRows(float[] source, int width, int height, int newWidth) {
        float[] result = new float[COLOURS * newWidth * height];
        for (int x = 0; x < newWidth; x++) {
            Kernel kernel = Kernel.at(x, width, newWidth);
            for (int y = 0; y < height; y++) {
                for (int colour = 0; colour < COLOURS; colour++) {
                    int start = COLOURS * (y * width + kernel.first) + colour;
                    result[COLOURS * (y * newWidth + x) + colour] =
                            kernel.sum(source, start, COLOURS);
                }
            }
        }
        return result;
    }

    /** @param row the number of values in a row */
    private static float[] alongColumns(float[] source, int row, int height, int newHeight) {
        float[] result = new float[row * newHeight];
        for (int y = 0; y < newHeight; y++) {
            Kernel kernel = Kernel.at(y, height, newHeight);
            for (int x = 0; x < row; x++) {
                result[y * row + x] = kernel.sum(source, kernel.first * row + x, row);
            }
        }
        return result;
    }

    /** The weights of old pixels, from {@code first} on, in one new pixel of a line. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kernel(int first, double[] weights) {
        static Kernel at(int index, int from, int to) {
            double step = (double) from / to;
            double widened = Math.max(step, 1);
            double centre = (index + 0.5) * step;
            int first = Math.max(0, (int) (centre - LOBES * widened));
            int end = Math.min(from, (int) Math.ceil(centre + LOBES * widened));
            double[] weights = new double[end - first];
            double total = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = lanczos((first + i + 0.5 - centre) / widened);
                total += weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] /= total;
            }
            return new Kernel(first, weights);
        }

        private static double lanczos(double x) {
            double angle = Math.PI * x;
            if (Math.abs(x) >= LOBES) {
                return 0;
            }
            return x == 0 ? 1 : LOBES * Math.sin(angle) * Math.sin(angle / LOBES) / (angle * angle);
        }

        float sum(float[] source, int start, int stride) {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * source[start + i * stride];
            }
            return (float) sum;
        }
    }
}

package holt.engine;

/** Numbers by formula, which make_image_fixtures.py has too. */
public final class Waves {
    private Waves() {}

    /** The numbers of a draw of random numbers. */
    public static float[] of(int draw, int count) {
        float[] wave = new float[count];
        for (int i = 0; i < count; i++) {
            wave[i] = (float) at(draw, i);
        }
        return wave;
    }

    /** One of them. */
    public static double at(int draw, int index) {
        return 1.3 * Math.sin(index * 0.61 + draw);
    }

    /** The bytes of a picture. */
    public static byte[] picture(int height, int width) {
        byte[] rgb = new byte[3 * height * width];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7 % 256);
        }
        return rgb;
    }
}

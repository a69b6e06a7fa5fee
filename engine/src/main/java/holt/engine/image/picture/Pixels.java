package holt.engine.image.picture;

/** Converts pictures to the model's values, [3, height, width] in -1..1, and back. */
public final class Pixels {
    private Pixels() {}

    public static float[] of(Picture picture) {
        byte[] rgb = picture.rgb();
        int plane = rgb.length / 3;
        float[] pixels = new float[rgb.length];
        for (int i = 0; i < plane; i++) {
            for (int colour = 0; colour < 3; colour++) {
                pixels[colour * plane + i] = (rgb[3 * i + colour] & 0xff) / 127.5f - 1;
            }
        }
        return pixels;
    }

    /** Clamps values beyond -1..1. */
    public static Picture picture(float[] pixels, int width, int height) {
        int plane = width * height;
        byte[] rgb = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            for (int colour = 0; colour < 3; colour++) {
                float value = Math.clamp(pixels[colour * plane + i], -1, 1);
                rgb[3 * i + colour] = (byte) Math.rint((value + 1) * 127.5);
            }
        }
        return new Picture(width, height, rgb);
    }
}

package holt.worker.run;

import holt.engine.image.ImageModelInfo;

/**
 * The size, in pixels, at which a model renders a picture that is wanted in any size: that one, if it can, else the nearest that it can, of the
 * same shape as near as possible.
 */
record RenderSize(int width, int height) {
    /** Below this share of the pixels that it was trained with, a model shows nothing that one could make out. */
    private static final int SMALLEST_SHARE = 4;

    static RenderSize of(int width, int height, ImageModelInfo info) {
        long most = info.usefulPixels();
        long least = Math.min(most, (long) info.side() * info.side() / SMALLEST_SHARE);
        double pixels = (double) width * height;
        double scale = Math.sqrt(Math.clamp(pixels, least, most) / pixels);
        int step = info.sizeStep();
        int across = near(width * scale, step);
        int down = near(height * scale, step);
        while ((long) across * down > most && (across > step || down > step)) {
            if (across >= down) {
                across -= step;
            } else {
                down -= step;
            }
        }
        return new RenderSize(across, down);
    }

    private static int near(double length, int step) {
        return Math.max(step, (int) Math.round(length / step) * step);
    }
}

package holt.worker.models;

import holt.engine.image.ImageModelInfo;

/** The size in pixels at which a model renders a picture: the wanted size if it can, else the nearest one of about the same shape. */
record RenderSize(int width, int height) {
    /** With fewer pixels than this share of its training pictures, a model renders nothing recognisable. */
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

package holt.api.images;

import static holt.api.fields.Fields.invalid;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The size of a picture in pixels, within the limits. */
record Size(int width, int height) {
    static final long LONGEST = 8192;
    private static final long SHORTEST = 16;
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})x([0-9]{1,9})");

    /** Reads {@code width} and {@code height}, or else {@code size}. Returns null if the request sets none. */
    static @Nullable Size asked(ImagesRequest wire, long maxPixels) {
        Long width = wire.width();
        Long height = wire.height();
        boolean across = width != null && width != 0;
        boolean down = height != null && height != 0;
        if (width != null && height != null && across && down) {
            return within("width", width, height, maxPixels);
        }
        if (across || down) {
            throw invalid(across ? "height" : "width", "required, since the other side is set");
        }
        String size = wire.size();
        if (size == null || size.isEmpty() || size.equals("auto")) {
            return null;
        }
        Matcher sides = WRITTEN.matcher(size);
        if (!sides.matches()) {
            throw invalid("size", "must be WIDTHxHEIGHT or auto");
        }
        return within(
                "size", Long.parseLong(sides.group(1)), Long.parseLong(sides.group(2)), maxPixels);
    }

    /** The default size of an edit: the source's size, or the largest allowed size of its shape. */
    static Size like(int width, int height, long maxPixels) {
        double pixels = (double) width * height;
        double scale = Math.min(1, Math.sqrt(maxPixels / pixels));
        return new Size(side(width * scale), side(height * scale));
    }

    private static int side(double length) {
        return (int) Math.clamp((long) length, SHORTEST, LONGEST);
    }

    private static Size within(String param, long width, long height, long maxPixels) {
        if (Math.min(width, height) < SHORTEST
                || Math.max(width, height) > LONGEST
                || width * height > maxPixels) {
            throw invalid(
                    param,
                    "must have %d to %d pixels a side, and at most %d in all"
                            .formatted(SHORTEST, LONGEST, maxPixels));
        }
        return new Size((int) width, (int) height);
    }
}

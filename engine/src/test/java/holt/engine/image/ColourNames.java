package holt.engine.image;

import holt.engine.image.picture.Picture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** A picture as the names of its pixels' colours: the nearest of twelve in CIE L*a*b*, as in {@code models/image/heldout.py}. */
final class ColourNames {
    private static final int FRAME = 2; // pixels at the border that show the background alone
    private static final List<String> NAMES =
            List.of(
                    "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "cyan",
                    "black", "white", "gray");
    private static final int[][] RGB = {
        {225, 40, 40},
        {250, 145, 30},
        {250, 220, 50},
        {50, 165, 70},
        {40, 95, 220},
        {135, 60, 180},
        {250, 150, 190},
        {125, 80, 45},
        {60, 205, 220},
        {25, 25, 28},
        {252, 252, 252},
        {135, 138, 142},
    };
    private static final double[][] PALETTE =
            Arrays.stream(RGB).map(c -> lab(c[0], c[1], c[2])).toArray(double[][]::new);

    private final int width;
    private final int height;
    private final int[] names;

    ColourNames(Picture picture) {
        width = picture.width();
        height = picture.height();
        names = new int[width * height];
        byte[] rgb = picture.rgb();
        for (int i = 0; i < names.length; i++) {
            names[i] =
                    nearest(lab(rgb[3 * i] & 0xff, rgb[3 * i + 1] & 0xff, rgb[3 * i + 2] & 0xff));
        }
    }

    /** The share of all pixels that have this colour. */
    double share(String colour) {
        int name = NAMES.indexOf(colour);
        return (double) Arrays.stream(names).filter(n -> n == name).count() / names.length;
    }

    /** The share of the pixels at the border that have this colour. */
    double shareOfBorder(String colour) {
        int name = NAMES.indexOf(colour);
        int all = 0;
        int like = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (Math.min(Math.min(x, y), Math.min(width - 1 - x, height - 1 - y)) < FRAME) {
                    all++;
                    like += names[y * width + x] == name ? 1 : 0;
                }
            }
        }
        return (double) like / all;
    }

    /** The centre of the pixels of this colour: x, y; not numbers if there are none. */
    double[] centre(String colour) {
        int name = NAMES.indexOf(colour);
        double[] sum = new double[2];
        int count = 0;
        for (int i = 0; i < names.length; i++) {
            if (names[i] == name) {
                sum[0] += i % width;
                sum[1] += (double) (i / width);
                count++;
            }
        }
        return new double[] {sum[0] / count, sum[1] / count};
    }

    /** How many connected areas of this colour there are that have at least so many pixels. */
    int pieces(String colour, int least) {
        boolean[] left = new boolean[names.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = names[i] == NAMES.indexOf(colour);
        }
        int found = 0;
        for (int i = 0; i < left.length; i++) {
            if (left[i] && take(left, i) >= least) {
                found++;
            }
        }
        return found;
    }

    private int take(boolean[] left, int start) {
        Deque<Integer> edge = new ArrayDeque<>(List.of(start));
        left[start] = false;
        int size = 0;
        while (!edge.isEmpty()) {
            int at = edge.pop();
            size++;
            int x = at % width;
            int[] beside = {
                at - width, at + width, x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1,
            };
            for (int next : beside) {
                if (next >= 0 && next < left.length && left[next]) {
                    left[next] = false;
                    edge.push(next);
                }
            }
        }
        return size;
    }

    private static int nearest(double[] lab) {
        int best = 0;
        double least = Double.MAX_VALUE;
        for (int i = 0; i < PALETTE.length; i++) {
            double distance = 0;
            for (int c = 0; c < 3; c++) {
                distance += Math.pow(lab[c] - PALETTE[i][c], 2);
            }
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static double[] lab(int red, int green, int blue) {
        double r = linear(red);
        double g = linear(green);
        double b = linear(blue);
        double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
        double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int value) {
        double part = value / 255.0;
        return part > 0.04045 ? Math.pow((part + 0.055) / 1.055, 2.4) : part / 12.92;
    }

    private static double root(double value) {
        return value > 0.008856 ? Math.cbrt(value) : 7.787 * value + 16 / 116.0;
    }
}

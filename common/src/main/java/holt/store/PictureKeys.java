package holt.store;

import holt.protocol.RandomIds;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Where pictures are kept: {@code pictures/<day, UTC>/<32 random hexadecimal digits>.<extension>}, which nobody guesses. */
public final class PictureKeys {
    /** Of every key, before the day. */
    public static final String PREFIX = "pictures/";

    private static final Pattern KEY =
            Pattern.compile(PREFIX + "\\d{4}-\\d{2}-\\d{2}/[0-9a-f]{32}\\.[a-z0-9]{1,5}");

    private final InstantSource clock;

    public PictureKeys(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A key that was never given before.
     *
     * @param extension what the bytes are, such as {@code png}: up to five lower-case letters and digits
     */
    public String next(String extension) {
        String key =
                ForgetOldDays.folder(PREFIX, clock.instant()) + RandomIds.draw() + "." + extension;
        if (!isPicture(key)) {
            throw new IllegalArgumentException("Not the extension of a picture: " + extension);
        }
        return key;
    }

    /** Whether the key has the form of those that {@link #next} gives. */
    public static boolean isPicture(String key) {
        return KEY.matcher(key).matches();
    }
}

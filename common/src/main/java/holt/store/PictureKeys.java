package holt.store;

import holt.protocol.RandomIds;
import java.time.InstantSource;
import java.util.regex.Pattern;

/** Makes the keys of pictures: {@code pictures/<day, UTC>/<32 random hexadecimal digits>.<extension>}. Nobody can guess them. */
public final class PictureKeys {
    /** The beginning of every key, before the day. */
    public static final String PREFIX = "pictures/";

    private static final Pattern KEY =
            Pattern.compile(PREFIX + "\\d{4}-\\d{2}-\\d{2}/[0-9a-f]{32}\\.[a-z0-9]{1,5}");

    private final InstantSource clock;

    public PictureKeys(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A new key.
     *
     * @param extension such as {@code png}: up to five lower-case letters and digits
     */
    public String next(String extension) {
        String key =
                DeleteOldDays.folder(PREFIX, clock.instant()) + RandomIds.draw() + "." + extension;
        if (!isPicture(key)) {
            throw new IllegalArgumentException("not an extension of a picture: " + extension);
        }
        return key;
    }

    /** Whether the key has the form of a picture's key. */
    public static boolean isPicture(String key) {
        return KEY.matcher(key).matches();
    }
}

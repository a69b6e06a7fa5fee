package holt.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** Names pictures: {@code pictures/<day, UTC>/<128 random bits>.<extension>}. */
public final class PictureKeys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final InstantSource clock;

    public PictureKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** A key that nobody can guess. */
    public String next(String extension) {
        var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var random = new byte[16];
        RANDOM.nextBytes(random);
        return "pictures/" + day + "/" + HexFormat.of().formatHex(random) + "." + extension;
    }
}

package holt.api.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times, numbers and sentences as people read them. Templates call the public methods. */
record Words(Instant now) {
    private static final DateTimeFormatter EXACT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final int SECONDS_IN_TENTHS = 10;

    /** Such as {@code 4 min ago}. */
    public String ago(Instant moment) {
        Duration age = Duration.between(moment, now);
        return age.toSeconds() < 2 ? "just now" : coarse(age) + " ago";
    }

    /** To the millisecond. */
    public static String exact(Instant moment) {
        return EXACT.format(moment);
    }

    /** Such as {@code 350 ms}, {@code 1.4 s}, {@code 12 s}, {@code 4 min 10 s} or {@code 2 h 5 min}; a dash for null. */
    static String duration(@Nullable Duration time) {
        if (time == null) {
            return "–";
        }
        if (time.isNegative()) {
            return "0 ms";
        }
        if (time.toMillis() < 1000) {
            return time.toMillis() + " ms";
        }
        if (time.toSeconds() < SECONDS_IN_TENTHS) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 100 / 10.0);
        }
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return both(time.toMinutes() + " min", time.toSecondsPart(), " s");
        }
        return time.toDays() < 1
                ? both(time.toHours() + " h", time.toMinutesPart(), " min")
                : both(time.toDays() + " d", time.toHoursPart(), " h");
    }

    /** With thousands apart, such as {@code 12,345}. */
    static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** Such as {@code 1 job} and {@code 3 jobs}. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** Begins with a capital and ends with a full stop. */
    static String sentence(String text) {
        String begun = text.substring(0, 1).toUpperCase(Locale.ENGLISH) + text.substring(1);
        return begun.endsWith(".") ? begun : begun + ".";
    }

    /** The largest unit alone. */
    private static String coarse(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 1 ? time.toHours() + " h" : time.toDays() + " d";
    }

    private static String both(String large, int small, String unit) {
        return small == 0 ? large : large + " " + small + unit;
    }
}

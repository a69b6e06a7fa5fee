package holt.api.queue.index;

import holt.protocol.JobId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a job stands in all lists: newest first. The same on every instance, so that a list can go on at another instance. */
public record ListPlace(Instant created, JobId id) {
    private static final Pattern CURSOR = Pattern.compile("(\\d{1,14})-(.+)");

    /** The place in URLs and answers. */
    public String cursor() {
        return created.toEpochMilli() + "-" + id.value();
    }

    /** The place that has this cursor; empty if none has. */
    public static Optional<ListPlace> ofCursor(String cursor) {
        Matcher matcher = CURSOR.matcher(cursor);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ListPlace(
                            Instant.ofEpochMilli(Long.parseLong(matcher.group(1))),
                            new JobId(matcher.group(2))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

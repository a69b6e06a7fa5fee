package holt.api.queue.index;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far the events of each partition have been folded. Not thread-safe: the index guards it with its lock. */
final class FoldedEvents {
    private static final String NOTE = "folded/";

    private final Map<Integer, Long> offsets;
    private final Map<Integer, Instant> times = new HashMap<>();
    private boolean moved;

    /** Goes on from the offsets and the notes of a store. */
    FoldedEvents(Map<Integer, Long> offsets, Map<String, byte[]> notes) {
        this.offsets = new HashMap<>(offsets);
        notes.forEach((name, time) -> {
            if (name.startsWith(NOTE)) {
                times.put(
                        Integer.valueOf(name.substring(NOTE.length())),
                        Instant.ofEpochMilli(ByteBuffer.wrap(time).getLong()));
            }
        });
    }

    void add(EventPlace place, Instant at) {
        offsets.put(place.partition(), place.offset() + 1);
        times.put(place.partition(), at);
        moved = true;
    }

    /** Whether events have come since the offsets were last taken. */
    boolean hasMoved() {
        return moved;
    }

    Map<Integer, Long> takeOffsets() {
        moved = false;
        return Map.copyOf(offsets);
    }

    /** The times of the last events, as notes for a store. */
    Map<String, byte[]> notes() {
        return times.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                time -> NOTE + time.getKey(),
                                time ->
                                        ByteBuffer.allocate(Long.BYTES)
                                                .putLong(time.getValue().toEpochMilli())
                                                .array()));
    }

    /** All earlier events have been folded, but for those of partitions that have had none yet. */
    Instant until() {
        return times.values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** The time of the newest event; null before the first. */
    @Nullable Instant newest() {
        return times.values().stream().max(Instant::compareTo).orElse(null);
    }
}

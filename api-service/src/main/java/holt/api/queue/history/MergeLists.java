package holt.api.queue.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksIterator;

/** Finds the places that several lists have in common, in their order. A list that is far behind jumps to the others. */
final class MergeLists {
    /** So many entries cost less than a jump. */
    private static final int STEPS_BEFORE_JUMP = 8;

    private final List<Cursor> lists;
    private long entries;

    /** @param lists one iterator for each name, in the same order */
    MergeLists(List<byte[]> names, List<RocksIterator> lists, byte[] start) {
        this.lists =
                IntStream.range(0, names.size())
                        .mapToObj(i -> new Cursor(names.get(i), lists.get(i)))
                        .toList();
        this.lists.forEach(list -> list.jump(start));
    }

    /** How many entries it has looked at. */
    long entries() {
        return entries;
    }

    /** Where the lists stand: no common place is before it; null at the end. */
    byte @Nullable [] furthest() {
        byte[] furthest = null;
        for (Cursor list : lists) {
            byte[] place = list.place();
            if (place == null) {
                return null;
            }
            if (furthest == null || Arrays.compareUnsigned(place, furthest) > 0) {
                furthest = place;
            }
        }
        return furthest;
    }

    /** Moves each list to this place or the next one that it has. Whether all of them have it. */
    boolean allHave(byte[] place) {
        boolean all = true;
        for (Cursor list : lists) {
            all &= list.moveTo(place);
        }
        return all;
    }

    /** Moves on from a common place. */
    void next() {
        lists.getFirst().next();
    }

    private final class Cursor {
        private final byte[] name;
        private final RocksIterator entry;

        private Cursor(byte[] name, RocksIterator entry) {
            this.name = name;
            this.entry = entry;
        }

        private byte @Nullable [] place() {
            if (!entry.isValid()) {
                return null;
            }
            byte[] key = entry.key();
            return key.length > name.length
                            && Arrays.equals(key, 0, name.length, name, 0, name.length)
                    ? Arrays.copyOfRange(key, name.length, key.length)
                    : null;
        }

        private void next() {
            entries++;
            entry.next();
        }

        private void jump(byte[] place) {
            entries++;
            entry.seek(ListKeys.join(name, place));
        }

        private boolean moveTo(byte[] place) {
            for (int step = 0; ; step++) {
                byte[] here = place();
                int order = here == null ? 1 : Arrays.compareUnsigned(here, place);
                if (order >= 0) {
                    return order == 0;
                }
                if (step < STEPS_BEFORE_JUMP) {
                    next();
                } else {
                    jump(place);
                }
            }
        }
    }
}

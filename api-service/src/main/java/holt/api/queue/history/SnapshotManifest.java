package holt.api.queue.history;

import java.util.List;

/**
 * What a snapshot consists of.
 *
 * @param identity of which log and in which form its database is
 */
record SnapshotManifest(String identity, List<File> files) {
    /**
     * A file of the database.
     *
     * @param parts the SHA-256 of each part, in order. A part is an object with this name
     */
    record File(String name, List<String> parts) {}
}

package holt.api.queue.history;

import holt.protocol.Codec;
import holt.protocol.Sha256;
import holt.protocol.UnreadableRecordException;
import holt.store.ObjectStore;
import holt.store.StoredKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The snapshots of one identity in the object store. Files are cut into parts, and a part is named by its hash. So a snapshot uploads only
 * what earlier ones do not have, and each part that is fetched proves itself.
 */
final class SnapshotStore {
    private static final int PART = 8 << 20;

    /** An instance may still fetch the last but one. */
    private static final int KEPT = 2;

    /** An upgrade may take a while, and instances of two releases then have snapshots each. */
    private static final Duration ABANDONED_AFTER = Duration.ofDays(2);

    private final ObjectStore store;
    private final String identity;
    private final SnapshotKeys keys;

    SnapshotStore(ObjectStore store, String identity) {
        this.store = store;
        this.identity = identity;
        this.keys = SnapshotKeys.of(identity);
    }

    /** The time of the newest snapshot; the epoch if there is none. */
    Instant newest() {
        return keys.newest(list(keys.manifests())).map(keys::time).orElse(Instant.EPOCH);
    }

    /**
     * Uploads the files of a folder.
     *
     * @return how many parts were new
     */
    int put(Path folder, Instant time) throws IOException {
        Set<String> present = new HashSet<>(list(keys.parts()));
        int before = present.size();
        var files = new ArrayList<SnapshotManifest.File>();
        for (Path file : files(folder)) {
            files.add(new SnapshotManifest.File(file.getFileName().toString(), put(file, present)));
        }
        byte[] manifest = Codec.encode(new SnapshotManifest(identity, files));
        store.put(keys.manifest(time), manifest, "application/json");
        return present.size() - before;
    }

    /**
     * Fetches the newest snapshot into a folder.
     *
     * @return false if there is none
     * @throws IOException if the snapshot is damaged, or cannot be written here
     */
    boolean fetch(Path folder) throws IOException, UnreadableRecordException {
        String newest = keys.newest(list(keys.manifests())).orElse(null);
        if (newest == null) {
            return false;
        }
        SnapshotManifest manifest = Codec.decode(store.get(newest), SnapshotManifest.class);
        if (!manifest.identity().equals(identity)) {
            throw new IOException("the snapshot " + newest + " is of another log");
        }
        Files.createDirectories(folder);
        for (SnapshotManifest.File file : manifest.files()) {
            // The name comes from outside, so it must not lead elsewhere.
            Path path = folder.resolve(Path.of(file.name()).getFileName());
            try (OutputStream out = Files.newOutputStream(path)) {
                for (String part : file.parts()) {
                    out.write(part(part));
                }
            }
        }
        return true;
    }

    /** Deletes all but the newest snapshots, the parts that only others have, and what other logs and versions have left. */
    int sweep(Instant now) throws UnreadableRecordException {
        List<String> manifests = list(keys.manifests()).stream().sorted().toList();
        List<String> old = manifests.subList(0, Math.max(0, manifests.size() - KEPT));
        old.forEach(store::delete);
        Set<String> used = new HashSet<>();
        for (String kept : manifests.subList(old.size(), manifests.size())) {
            Codec.decode(store.get(kept), SnapshotManifest.class)
                    .files()
                    .forEach(file -> file.parts().forEach(part -> used.add(keys.part(part))));
        }
        List<String> unused =
                list(keys.parts()).stream().filter(part -> !used.contains(part)).toList();
        unused.forEach(store::delete);
        return old.size() + unused.size() + sweepOthers(now);
    }

    private int sweepOthers(Instant now) {
        int deleted = 0;
        for (SnapshotKeys other : SnapshotKeys.folders(list(SnapshotKeys.PREFIX))) {
            Instant newest =
                    other.newest(list(other.manifests())).map(other::time).orElse(Instant.EPOCH);
            if (!other.equals(keys) && newest.plus(ABANDONED_AFTER).isBefore(now)) {
                List<String> all = list(other.folder());
                all.forEach(store::delete);
                deleted += all.size();
            }
        }
        return deleted;
    }

    private List<String> put(Path file, Set<String> present) throws IOException {
        var parts = new ArrayList<String>();
        try (InputStream in = Files.newInputStream(file)) {
            for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
                String hash = Sha256.hex(part);
                if (present.add(keys.part(hash))) {
                    store.put(keys.part(hash), part, "application/octet-stream");
                }
                parts.add(hash);
            }
        }
        return parts;
    }

    private byte[] part(String hash) throws IOException {
        byte[] part = store.get(keys.part(hash));
        if (!Sha256.hex(part).equals(hash)) {
            throw new IOException("the part " + hash + " has another hash");
        }
        return part;
    }

    private List<String> list(String prefix) {
        try (Stream<StoredKey> objects = store.list(prefix)) {
            return objects.map(StoredKey::key).collect(Collectors.toList());
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

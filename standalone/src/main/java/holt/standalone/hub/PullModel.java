package holt.standalone.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Downloads a model from a hub into the models directory. Its folder appears when all files are complete and checked. Until then they lie in
 * {@code .pull}, where workers do not look.
 *
 * <pre>
 * ORG--NAME/hub.json       the model's commit
 * .pull/ORG--NAME.lock     locked while a process pulls the model
 * .pull/ORG--NAME/COMMIT/  complete files, and parts of files
 * </pre>
 */
public final class PullModel {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ORIGIN = "hub.json";
    private static final int AT_ONCE = 4;

    private final HubClient hub;
    private final HubModel model;
    private final Path models;
    private final ToLongFunction<Path> space;
    private final RetryHub retries;

    public PullModel(HubAddress hub, HubModel model, Path models) {
        this(hub, model, models, PullModel::usable, Thread::sleep);
    }

    /**
     * @param space tells the free bytes on a folder's disk
     * @param pause waits before a retry
     */
    PullModel(
            HubAddress hub,
            HubModel model,
            Path models,
            ToLongFunction<Path> space,
            RetryHub.Pause pause) {
        this.hub = new HubClient(hub);
        this.model = model;
        this.models = models.toAbsolutePath().normalize();
        this.space = space;
        this.retries = new RetryHub(pause);
    }

    /**
     * Downloads the model, unless its folder has this commit.
     *
     * @return the folder
     * @throws HubException if that fails
     */
    public Path pull(Progress progress) throws InterruptedException {
        Path staging = models.resolve(".pull").resolve(model.folder());
        try {
            Files.createDirectories(staging);
            try (FileChannel lock =
                            FileChannel.open(
                                    staging.resolveSibling(model.folder() + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = lock(lock)) {
                return pull(staging, progress);
            }
        } catch (IOException e) {
            throw new HubException("cannot use the models directory " + models + ": " + e, e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new HubException("another process is pulling " + model.id());
        }
        return lock;
    }

    private Path pull(Path staging, Progress progress) throws IOException, InterruptedException {
        Path target = models.resolve(model.folder());
        String there = Files.exists(target) ? commitOf(target) : null;
        Snapshot snapshot = retries.ask(model.id(), () -> hub.snapshot(model));
        if (snapshot.commit().equals(there)) {
            return target;
        }
        Path work = staging.resolve(snapshot.commit());
        List<HubFile> files = sized(snapshot.commit(), ChooseFiles.of(model, snapshot.files()));
        long total = 0;
        long arrived = 0;
        for (HubFile file : files) {
            total += file.size();
            arrived += DownloadFile.arrived(file, work.resolve(file.path()));
        }
        checkSpace(total - arrived);
        progress.begin(files.size(), total, arrived);
        try {
            downloadAll(snapshot.commit(), files, work, progress);
        } finally {
            progress.end();
        }
        Files.writeString(work.resolve(ORIGIN), JSON.writeValueAsString(origin(snapshot)));
        publish(work, target, staging);
        return target;
    }

    private List<HubFile> sized(String commit, List<HubFile> chosen) throws InterruptedException {
        List<HubFile> sized = new ArrayList<>();
        for (HubFile file : chosen) {
            sized.add(retries.ask(file.path(), () -> hub.sized(model, commit, file)));
        }
        return List.copyOf(sized);
    }

    /** @throws HubException if the folder was not pulled, so that this must not replace it */
    private String commitOf(Path target) throws IOException {
        Path origin = target.resolve(ORIGIN);
        if (!Files.isRegularFile(origin)) {
            throw new HubException(
                    target
                            + " was not pulled from a hub, so holt does not replace it: move it away first");
        }
        try {
            JsonNode node = JSON.readTree(Files.readAllBytes(origin));
            return node.path("commit").asString("");
        } catch (JacksonException e) {
            throw new HubException(origin + " is unreadable: move " + target + " away first", e);
        }
    }

    private Map<String, String> origin(Snapshot snapshot) {
        return Map.of(
                "model", model.id(), "revision", model.revision(), "commit", snapshot.commit());
    }

    private void checkSpace(long needed) {
        long free = space.applyAsLong(models);
        if (needed > free) {
            throw new HubException(
                    "%s needs %s more, but %s has %s left"
                            .formatted(
                                    model.id(),
                                    Progress.size(needed),
                                    models,
                                    Progress.size(free)));
        }
    }

    private static long usable(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    /** The first failure stops the other downloads. Their bytes stay. */
    private void downloadAll(String commit, List<HubFile> files, Path work, Progress progress)
            throws InterruptedException {
        var download = new DownloadFile(hub, model, commit, progress, retries);
        // An interrupt ends a virtual thread's wait for the network.
        try (ExecutorService pool =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            var done = new ExecutorCompletionService<@Nullable Void>(pool);
            for (HubFile file : files) {
                done.submit(() -> {
                    download.download(file, work.resolve(file.path()));
                    return null;
                });
            }
            try {
                for (int i = 0; i < files.size(); i++) {
                    done.take().get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof HubException known
                        ? known
                        : new HubException("the download failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw e;
            }
        }
    }

    /** Moves an older commit away first. Between the two moves there is no folder. */
    private static void publish(Path work, Path target, Path staging) throws IOException {
        Path replaced = staging.resolve("replaced");
        delete(replaced);
        if (Files.exists(target)) {
            Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
        delete(staging);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

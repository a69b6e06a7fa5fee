package holt.system.stores;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import holt.store.ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreUnavailableException;
import holt.system.rig.time.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a SeaweedFS. {@code .ci/run} installs it. Without it, the tests are skipped. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SeaweedFsIT extends S3ServiceContract {
    private static final StoreKeys KEYS = new StoreKeys("otter", "fish-secret");
    private static final Path INSTALLED = Path.of("target", "clients");
    private static final Path WEED = INSTALLED.resolve("seaweedfs").resolve("bin").resolve("weed");

    @TempDir static Path directory;

    private static SeaweedFs seaweed;
    private static ObjectStore store;

    @BeforeAll
    static void start() throws IOException {
        Await.until(() -> !Files.exists(INSTALLED.resolve("installing")));
        assumeTrue(Files.isExecutable(WEED), "no " + WEED + ": .ci/run installs SeaweedFS");
        seaweed = SeaweedFs.start(WEED.toAbsolutePath(), directory, KEYS);
        store = new SeaweedFsIT().store("holt", KEYS);
        Await.until(SeaweedFsIT::stores);
    }

    @AfterAll
    static void stop() throws Exception {
        if (store != null) {
            store.close();
            seaweed.close();
        }
    }

    @Override
    protected ObjectStore store() {
        return store;
    }

    @Override
    URI endpoint() {
        return seaweed.endpoint();
    }

    @Override
    StoreKeys keys() {
        return KEYS;
    }

    /** Its parts find each other some seconds after the S3 service answers. */
    private static boolean stores() {
        try {
            store.put("first", new byte[] {1}, "text/plain");
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }
}

package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import holt.standalone.embedded.EmbeddedStore;
import holt.standalone.embedded.KeyFile;
import holt.store.StoreKeys;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAtStartIT {
    @TempDir Path temp;

    @Test
    void aWorkerWithAWrongKeyEndsWithTheStoresReason() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (var store =
                EmbeddedStore.start(
                        temp.resolve("objects"), port, new StoreKeys("otter", "fish"))) {
            var holt = new HoltProcess(temp);

            Process worker =
                    holt.start(
                            Map.of(KeyFile.ACCESS, "otter", KeyFile.SECRET, "crab"),
                            "worker",
                            "--kafka",
                            "127.0.0.1:1",
                            "--s3",
                            store.endpoint().toString());

            assertThat(worker.waitFor()).isEqualTo(1);
            assertThat(holt.errors())
                    .contains(
                            "holt: the object store " + store.endpoint(),
                            "refuses to store objects: SignatureDoesNotMatch");
        }
    }
}

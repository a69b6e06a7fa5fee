package holt.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.store.StoreKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir Path temp;

    @Test
    void letsOneProcessInAtATime() {
        Path path = temp.resolve("data");
        try (var first = DataDirectory.open(path)) {
            assertThatThrownBy(() -> DataDirectory.open(path))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("another Holt uses " + path);
            assertThat(first.kafka()).isEqualTo(path.resolve("kafka"));
        }
        assertThatCode(() -> DataDirectory.open(path).close()).doesNotThrowAnyException();
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        try (var directory = DataDirectory.open(temp.resolve("deep/data"))) {
            KeyFile.readOrCreate(directory.keyFile());

            assertThat(permissions(directory.kafka().getParent())).isEqualTo("rwx------");
            assertThat(permissions(directory.keyFile())).isEqualTo("rw-------");
        }
    }

    @Test
    void saysWhichDirectoryCannotBeUsed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("cannot use the data directory " + file);
    }

    @Test
    void keepsTheKeysItDrew() {
        StoreKeys drawn = KeyFile.readOrCreate(temp.resolve("s3.env"));

        assertThat(KeyFile.readOrCreate(temp.resolve("s3.env"))).isEqualTo(drawn);
        assertThat(KeyFile.readOrCreate(temp.resolve("other.env"))).isNotEqualTo(drawn);
        assertThat(drawn.secret()).matches("[0-9a-f]{64}");
    }

    @Test
    void saysWhatAKeyFileLacks() throws IOException {
        Path file = Files.writeString(temp.resolve("s3.env"), "HOLT_S3_ACCESS_KEY=otter\n");

        assertThatThrownBy(() -> KeyFile.read(file))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("HOLT_S3_SECRET_KEY");
    }

    @Test
    void keepsThePortsItDrew() {
        Path file = temp.resolve("ports.properties");
        var first = new KeptPorts(file);
        int kafka = first.port("kafka");
        int store = first.port("s3");

        var second = new KeptPorts(file);

        assertThat(kafka).isNotEqualTo(store).isBetween(20_000, 32_767);
        assertThat(second.port("kafka")).isEqualTo(kafka);
        assertThat(second.port("s3")).isEqualTo(store);
    }

    @Test
    void saysWhichKeptPortIsTaken() throws IOException {
        Path file = temp.resolve("ports.properties");
        int port = new KeptPorts(file).port("kafka");
        try (var other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new KeptPorts(file).port("kafka"))
                    .isInstanceOf(CannotStartException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " for kafka is in use");
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

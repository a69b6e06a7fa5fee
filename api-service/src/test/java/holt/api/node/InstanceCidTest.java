package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceCidTest {
    private static final String ID =
            "d15c4007271b0123456789abcdef0123456789abcdef0123456789abcdef0123";

    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "571 553 8:1 /var/lib/docker/containers/%s/hostname /etc/hostname rw - ext4 /dev/sda1 rw",
                "571 553 0:24 /containers/overlay-containers/%s/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw"
            })
    void inAContainerItIsTheContainersId(String mount) {
        assertThat(InstanceCid.containerIn("22 1 8:1 / / rw\n" + mount.formatted(ID) + "\n"))
                .contains("d15c4007271b");
    }

    @Test
    void aHostThatRunsContainersIsNoContainer() {
        assertThat(
                        InstanceCid.containerIn(
                                "71 53 0:4 / /var/lib/docker/containers/%s/mounts/shm rw\n"
                                        .formatted(ID)))
                .isEmpty();
    }

    @Test
    void elsewhereItIsDrawnOnceAndKept() throws IOException {
        Path data = temp.resolve("not/yet/there");

        String first = InstanceCid.kept(data);

        assertThat(first).matches("[0-9a-f]{12}");
        assertThat(InstanceCid.kept(data)).isEqualTo(first);
        assertThat(InstanceCid.kept(temp.resolve("other"))).isNotEqualTo(first);
        assertThat(Files.readString(data.resolve("node-cid"))).isEqualTo(first);
    }

    @Test
    void ifTheDataDirectoryCannotBeWrittenTheSettingIsRequired() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatThrownBy(() -> InstanceCid.kept(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("holt.node.cid: ")
                .hasMessageContaining(file.toString());
    }
}

package holt.api.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    @Test
    void opensAHostOnOnePortOrOnAll() {
        var allowed = AllowedHosts.of(List.of("Minio:9000", "files.internal", "[fd00::1]:80"));

        assertThat(allowed.allow("minio", 9000)).isTrue();
        assertThat(allowed.allow("minio", 9001)).isFalse();
        assertThat(allowed.allow("files.internal", 1)).isTrue();
        assertThat(allowed.allow("x.files.internal", 1)).isFalse();
        assertThat(allowed.allow("fd00::1", 80)).isTrue();
    }

    @Test
    void opensNetworks() {
        var allowed = AllowedHosts.of(List.of("10.1.0.0/16", "fd00::/8"));

        assertThat(allowed.allow(InetAddress.ofLiteral("10.1.255.1"))).isTrue();
        assertThat(allowed.allow(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
        assertThat(allowed.allow(InetAddress.ofLiteral("fd12::1"))).isTrue();
        assertThat(allowed.allow(InetAddress.ofLiteral("fc12::1"))).isFalse();
        assertThat(allowed.allow(InetAddress.ofLiteral("1.1.1.1"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "host/8",
                "user@host",
                "a b",
                ""
            })
    void saysWhatIsExpected(String entry) {
        assertThatThrownBy(() -> AllowedHosts.of(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holt.sources.allow-hosts");
    }
}

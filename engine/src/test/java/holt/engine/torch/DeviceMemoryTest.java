package holt.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceMemoryTest {
    private static final String LINUX =
            """
            MemTotal:        1000 kB
            MemFree:           10 kB
            MemAvailable:     600 kB
            """;
    private static final long KB = 1024;

    @Test
    void whatTheFileCacheHoldsIsFree() {
        assertThat(DeviceMemory.available(LINUX, 1000 * KB, 10 * KB)).isEqualTo(600 * KB);
    }

    @Test
    void aContainersLimitCounts() {
        assertThat(DeviceMemory.available(LINUX, 400 * KB, 300 * KB)).isEqualTo(300 * KB);
        assertThat(DeviceMemory.available(LINUX, 900 * KB, 700 * KB)).isEqualTo(600 * KB);
    }

    @Test
    void otherSystemsSayItThemselves() {
        assertThat(DeviceMemory.available("", 1000 * KB, 10 * KB)).isEqualTo(10 * KB);
    }

    @Test
    void whatIsPromisedIsNotFreeUntilItIsGivenBack() {
        DeviceMemory.reserve("cpu", Long.MAX_VALUE / 2);
        try {
            assertThat(DeviceMemory.free("cpu")).hasValue(0);
        } finally {
            DeviceMemory.release("cpu", Long.MAX_VALUE / 2);
        }
        assertThat(DeviceMemory.free("cpu").orElseThrow()).isPositive();
    }
}

package holt.worker.management;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.worker.management.*}.
 *
 * @param port 0: any free one; -1: none
 */
@ConfigurationProperties("holt.worker.management")
public record ManagementSettings(
        @DefaultValue("127.0.0.1") String address, @DefaultValue("0") int port) {
    private static final int LAST = 65_535;

    public ManagementSettings {
        if (port < -1 || port > LAST) {
            throw new IllegalArgumentException(
                    "holt.worker.management.port: must be -1 to " + LAST);
        }
    }

    boolean isOff() {
        return port == -1;
    }
}

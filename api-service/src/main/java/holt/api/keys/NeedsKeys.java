package holt.api.keys;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.stereotype.Component;

/** Whether callers need a key. */
@Component
public final class NeedsKeys {
    private final KeysSettings.Required setting;
    private final boolean required;
    private final boolean adminKey;

    NeedsKeys(KeysSettings settings, AdminSettings admin, ServerProperties server) {
        this.setting = settings.required();
        this.adminKey = admin.key() != null;
        this.required =
                switch (settings.required()) {
                    case AUTO -> !isLoopback(server.getAddress());
                    case ALWAYS -> true;
                    case NEVER -> false;
                };
    }

    public boolean required() {
        return required;
    }

    /**
     * Whether operators need a key on another port of this process.
     *
     * @param address on which that port listens; null: on all
     */
    public boolean requiredAt(@Nullable InetAddress address) {
        return required || (setting == KeysSettings.Required.AUTO && !isLoopback(address));
    }

    /** Whether an operator can make the first key. */
    public boolean hasAdminKey() {
        return adminKey;
    }

    private static boolean isLoopback(@Nullable InetAddress address) {
        return address != null && address.isLoopbackAddress();
    }
}

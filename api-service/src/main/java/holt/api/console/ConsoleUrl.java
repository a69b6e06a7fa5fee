package holt.api.console;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.web.server.Ssl;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where clients of the API find the console. */
@Component
public final class ConsoleUrl {
    /** On the management port. */
    public static final String PATH = "/console";

    private final Environment environment;
    private final ManagementServerProperties management;

    ConsoleUrl(Environment environment, ManagementServerProperties management) {
        this.environment = environment;
        this.management = management;
    }

    /** The console's URL for this client; empty if the client cannot reach the management port. */
    public Optional<String> of(HttpServletRequest request) {
        String port = environment.getProperty("local.management.port");
        InetAddress address = management.getAddress();
        boolean local = address != null && address.isLoopbackAddress();
        if (port == null || (local && !isLoopback(request.getRemoteAddr()))) {
            return Optional.empty();
        }
        String scheme = Ssl.isEnabled(management.getSsl()) ? "https://" : "http://";
        return Optional.of(scheme + request.getServerName() + ":" + port + PATH);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

package holt.api.console;

import holt.api.ApiSettings;
import java.net.InetAddress;
import java.net.URI;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.ServerRequest;

/** Where the API of this process is: for the console itself, and for the person in front of it. */
final class ApiAddress {
    private final ServerProperties api;
    private final ApiSettings settings;
    private final Environment environment;

    ApiAddress(ServerProperties api, ApiSettings settings, Environment environment) {
        this.api = api;
        this.settings = settings;
        this.environment = environment;
    }

    boolean hasTls() {
        return Ssl.isEnabled(api.getSsl());
    }

    /** From inside this process, such as {@code http://127.0.0.1:1088}. */
    String inside() {
        InetAddress address = api.getAddress();
        String host =
                address == null || address.isAnyLocalAddress()
                        ? "127.0.0.1"
                        : address.getHostAddress();
        return scheme() + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    /** The setting {@code holt.api.public-url}, else the host by which this request reached the console. Has no slash at its end. */
    String outside(ServerRequest request) {
        URI set = settings.publicUrl();
        if (set != null) {
            String url = set.toString();
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        return scheme() + request.servletRequest().getServerName() + ":" + port();
    }

    private String scheme() {
        return hasTls() ? "https://" : "http://";
    }

    private String port() {
        return environment.getRequiredProperty("local.server.port");
    }
}

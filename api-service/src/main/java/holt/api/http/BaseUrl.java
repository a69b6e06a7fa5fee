package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;

/** The start of this service's own URLs in its answers. */
@Component
public final class BaseUrl {
    private final ApiSettings settings;

    BaseUrl(ApiSettings settings) {
        this.settings = settings;
    }

    /** The setting {@code holt.api.public-url}, else the URL that this client used. Has no slash at its end. */
    public String of(HttpServletRequest request) {
        URI set = settings.publicUrl();
        if (set != null) {
            String url = set.toString();
            return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        }
        String url = request.getRequestURL().toString();
        return url.substring(0, url.length() - request.getRequestURI().length());
    }
}

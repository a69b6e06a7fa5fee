package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.stereotype.Component;

/** Where this service's own addresses begin, as its answers name them. */
@Component
public final class BaseUrl {
    private final ApiSettings settings;

    BaseUrl(ApiSettings settings) {
        this.settings = settings;
    }

    /** The service as this client reached it, unless the setting says better; without a slash at its end. */
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

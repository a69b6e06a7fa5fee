package holt.api.http;

import holt.api.ApiSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the allowed origins call the API (CORS). It never allows credentials such as cookies: the API has none. {@link RefusePreflight}
 * refuses the preflight requests of other pages.
 */
@Component
@Order(0)
final class AllowOrigins extends OncePerRequestFilter {
    private static final String METHODS = "GET, POST, DELETE";

    /** How long a browser may keep the answer to a preflight request, in seconds. */
    private static final String MAX_AGE = "600";

    /** The headers of answers that a page may read, beside those of CORS itself. */
    private static final String EXPOSED =
            "X-Holt-Job-Id, x-request-id, openai-processing-ms, retry-after, x-should-retry, Location, Preference-Applied,"
                    + " x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests,"
                    + " x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";

    private final List<String> origins;

    AllowOrigins(ApiSettings settings) {
        this.origins = settings.corsOrigins();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return origins.isEmpty();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !isAllowed(origin)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (CorsUtils.isPreFlightRequest(request)) {
            allow(request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS), response);
            RequestStamp.of(request).writeTo(response);
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
            chain.doFilter(request, response);
        }
    }

    private boolean isAllowed(String origin) {
        return origins.contains(ApiSettings.ANY_ORIGIN) || origins.contains(origin);
    }

    /** Allows every header that the page wants to send. A wildcard would leave out {@code Authorization}. */
    private static void allow(@Nullable String headers, HttpServletResponse response) {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
        response.setHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        if (headers != null) {
            response.setHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
    }
}

package holt.api.keys;

import holt.api.RequestRejectedException;
import holt.api.http.Answers;
import holt.protocol.Failure;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who sends a request, and refuses those without a valid key or without the scope that the route needs. All routes need a key, except
 * the few that are named here.
 */
@Component
@Order(Authenticate.ORDER)
final class Authenticate extends OncePerRequestFilter {
    /** After the filter of CORS, whose headers belong on refusals, too. */
    static final int ORDER = 1;

    private static final String BEARER = "Bearer ";
    private static final String ADMIN = "/admin/";
    private static final String METRICS = "/metrics";

    /** {@code /files/} has signed URLs. */
    private static final String FILES = "/files/";

    private static final Set<String> OPEN =
            Set.of("/", "/favicon.ico", "/docs", "/openapi.json", "/health", "/ready");

    private final FindCaller callers;
    private final boolean required;

    Authenticate(FindCaller callers, NeedsKeys needs) {
        this.callers = callers;
        this.required = needs.required();
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<SecretPath> secret = SecretPath.of(request);
        HttpServletRequest plain = secret.<HttpServletRequest>map(it -> it).orElse(request);
        try {
            caller(plain, secret.map(SecretPath::key).orElseGet(() -> bearer(request)))
                    .attachTo(request);
        } catch (RequestRejectedException refused) {
            if (refused.failure() == Failure.INVALID_API_KEY) {
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            }
            Answers.failure(request, response, refused);
            return;
        }
        chain.doFilter(plain, response);
    }

    private Caller caller(HttpServletRequest request, @Nullable String token) {
        if (!required || isOpen(request)) {
            return Caller.ANYBODY;
        }
        if (token == null) {
            throw new RequestRejectedException(
                    Failure.INVALID_API_KEY,
                    "this service needs a key: send the header 'Authorization: Bearer KEY'");
        }
        Caller caller = callers.of(token, request.getRemoteAddr());
        Scope needed = needed(request.getServletPath());
        if (!caller.scopes().contains(needed)) {
            throw new RequestRejectedException(
                    Failure.PERMISSION_DENIED, "this key lacks the scope '" + needed.label() + "'");
        }
        return caller;
    }

    private static Scope needed(String path) {
        if (path.startsWith(ADMIN)) {
            return Scope.OPERATOR;
        }
        return path.equals(METRICS) ? Scope.METRICS : Scope.USER;
    }

    private static boolean isOpen(HttpServletRequest request) {
        String path = request.getServletPath();
        return OPEN.contains(path)
                || path.startsWith(FILES)
                || CorsUtils.isPreFlightRequest(request);
    }

    private static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}

package holt.api.console;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.keys.FindCaller;
import holt.api.keys.Scope;
import holt.protocol.Failure;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Who may use the console. Where operators need a key, they sign in with it, and a cookie carries it until the browser closes. Elsewhere the
 * console is open to whoever reaches the loopback address, but not to pages of other sites in their browser.
 */
final class Access {
    private static final String COOKIE = "holt-key";
    private static final String BEARER = "Bearer ";

    /** Only an address or this name. A hostile site can point a name of its own here. */
    private static final Pattern LOCAL = Pattern.compile("localhost|[0-9.]+|\\[.*]|.+\\.localhost");

    private final boolean required;
    private final FindCaller callers;
    private final ShowPage pages;

    Access(boolean required, FindCaller callers, ShowPage pages) {
        this.required = required;
        this.callers = callers;
        this.pages = pages;
    }

    /** Lets the request pass, shows the page to sign in, or refuses it. */
    ServerResponse check(ServerRequest request, HandlerFunction<ServerResponse> next)
            throws Exception {
        if (isOfOtherSite(request)) {
            return pages.refused(
                    new RequestRejectedException(
                            Failure.PERMISSION_DENIED, "pages of other sites may not do this"),
                    request);
        }
        if (!required) {
            return isLocalName(request) ? next.handle(request) : refuseName(request);
        }
        String token = cookie(request);
        if (token == null) {
            token = bearer(request);
        }
        if (token == null) {
            return askForKey(request, null);
        }
        String refusal = refusal(token, request);
        return refusal == null ? next.handle(request) : askForKey(request, refusal);
    }

    ServerResponse signIn(ServerRequest request) {
        return required ? form(200, null, request) : ShowPage.seeOther("/console/overview");
    }

    ServerResponse enter(ServerRequest request) {
        String key = request.param("key").map(String::strip).orElse("");
        String refusal =
                isOfOtherSite(request) || key.isEmpty() ? "Enter a key." : refusal(key, request);
        return refusal != null
                ? form(401, refusal, request)
                : ShowPage.seeOther(
                        "/console/overview", cookie(key, Duration.ofSeconds(-1), request));
    }

    ServerResponse leave(ServerRequest request) {
        return ShowPage.seeOther("/console/sign-in", cookie("", Duration.ZERO, request));
    }

    /** The key for the API: the one that the page sends, else the one that signed in. */
    static @Nullable String key(ServerRequest request) {
        String own = bearer(request);
        return own != null ? own : cookie(request);
    }

    /** Why the key does not open the console; null if it does. */
    private @Nullable String refusal(String key, ServerRequest request) {
        try {
            Caller caller = callers.of(key, request.servletRequest().getRemoteAddr());
            return caller.scopes().contains(Scope.OPERATOR)
                    ? null
                    : "This key lacks the scope 'operator'.";
        } catch (RequestRejectedException refused) {
            return "No entry: " + refused.getMessage() + ".";
        }
    }

    private ServerResponse askForKey(ServerRequest request, @Nullable String refusal) {
        boolean isPage =
                request.method().equals(HttpMethod.GET)
                        && !request.path().startsWith("/console/api/")
                        && !ShowPage.isPart(request);
        if (isPage && refusal == null) {
            return ShowPage.seeOther("/console/sign-in");
        }
        return isPage
                ? form(401, refusal, request)
                // htmx follows it in place of the part.
                : ServerResponse.status(401).header("HX-Redirect", "/console/sign-in").build();
    }

    private ServerResponse form(int status, @Nullable String refusal, ServerRequest request) {
        return pages.show(
                status, "sign-in", Map.of("refusal", refusal == null ? "" : refusal), request);
    }

    private ServerResponse refuseName(ServerRequest request) {
        return pages.refused(
                new RequestRejectedException(
                        Failure.PERMISSION_DENIED,
                        "without keys, the console answers to addresses and to localhost only, not to other names"),
                request);
    }

    /** Browsers name the page's origin in every request that changes something. */
    private static boolean isOfOtherSite(ServerRequest request) {
        String origin = request.headers().firstHeader(HttpHeaders.ORIGIN);
        String host = request.headers().firstHeader(HttpHeaders.HOST);
        return !request.method().equals(HttpMethod.GET)
                && origin != null
                && !origin.substring(origin.indexOf("//") + 2).equals(host);
    }

    private static boolean isLocalName(ServerRequest request) {
        return LOCAL.matcher(request.servletRequest().getServerName()).matches();
    }

    private static @Nullable String bearer(ServerRequest request) {
        String header = request.headers().firstHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    private static @Nullable String cookie(ServerRequest request) {
        Cookie[] cookies = request.servletRequest().getCookies();
        return cookies == null
                ? null
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(Cookie::getValue)
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse(null);
    }

    /** @param life negative: until the browser closes */
    private static String cookie(String value, Duration life, ServerRequest request) {
        HttpServletRequest servlet = request.servletRequest();
        return ResponseCookie.from(COOKIE, value)
                .path("/console")
                .httpOnly(true)
                .secure(servlet.isSecure())
                .sameSite("Strict")
                .maxAge(life)
                .build()
                .toString();
    }
}

package holt.api.keys;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request whose path carries the key, for callers that cannot send headers: {@code /k/<key>/v1/...}. Everything behind this sees the path
 * without the key.
 */
final class SecretPath extends HttpServletRequestWrapper {
    private static final Pattern FORM = Pattern.compile("/k/([^/;%]+)(/.*)");

    private final String key;
    private final String rest;

    private SecretPath(HttpServletRequest request, String key, String rest) {
        super(request);
        this.key = key;
        this.rest = rest;
    }

    static Optional<SecretPath> of(HttpServletRequest request) {
        Matcher matcher = FORM.matcher(request.getRequestURI());
        return matcher.matches()
                ? Optional.of(new SecretPath(request, matcher.group(1), matcher.group(2)))
                : Optional.empty();
    }

    String key() {
        return key;
    }

    @Override
    public String getRequestURI() {
        return rest;
    }

    @Override
    public StringBuffer getRequestURL() {
        StringBuffer url = super.getRequestURL();
        String path = super.getRequestURI();
        return url.replace(url.length() - path.length(), url.length(), rest);
    }

    /** Decoded, as the container does it. */
    @Override
    public String getServletPath() {
        return super.getServletPath().substring("/k/".length() + key.length());
    }
}

package holt.standalone.hub;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hub's URL, and the token for it. */
public final class HubAddress {
    private static final String DEFAULT = "https://huggingface.co";

    private final URI url;
    private final @Nullable String token;

    public HubAddress(URI url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    /**
     * Reads {@code HOLT_HUB_URL}, and {@code HOLT_HUB_TOKEN} or else {@code HF_TOKEN}.
     *
     * @throws HubException if the URL is none
     */
    public static HubAddress of(Map<String, String> environment) {
        String url = set(environment, "HOLT_HUB_URL");
        String token = set(environment, "HOLT_HUB_TOKEN");
        return new HubAddress(
                parse(url == null ? DEFAULT : url),
                token == null ? set(environment, "HF_TOKEN") : token);
    }

    private static @Nullable String set(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").strip();
        return value.isEmpty() ? null : value;
    }

    private static URI parse(String text) {
        try {
            URI url = URI.create(text.replaceFirst("/+$", ""));
            if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(e);
        }
        throw wrong(null);
    }

    private static HubException wrong(@Nullable Throwable cause) {
        String sentence = "HOLT_HUB_URL needs a URL such as " + DEFAULT;
        return cause == null ? new HubException(sentence) : new HubException(sentence, cause);
    }

    URI url() {
        return url;
    }

    @Nullable String token() {
        return token;
    }

    /** Omits the token. */
    @Override
    public String toString() {
        return url.toString();
    }
}

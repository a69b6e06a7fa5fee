package holt.api.node;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Registration with communication nodes.
 *
 * @param urls of the nodes; none: nothing is registered
 * @param advertisedUrl where the node reaches this service; a node takes only {@code localhost} and addresses of its own machine, and may
 *     drop a query. Its path can be a secret. Unset: the address and port on which this service listens
 * @param cid what tells this instance's entries from others', the same after a restart; unset: {@link InstanceCid}
 * @param lookEvery how often a node is asked what it has, give or take a third
 * @param timeout of one call
 */
@ConfigurationProperties("holt.node")
record NodeSettings(
        @DefaultValue List<URI> urls,
        @Nullable URI advertisedUrl,
        @Nullable String cid,
        @DefaultValue("45s") Duration lookEvery,
        @DefaultValue("10s") Duration timeout) {
    private static final Pattern CID = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    NodeSettings {
        require(
                urls.stream().allMatch(NodeSettings::isPlain),
                "urls",
                "URLs such as http://127.0.0.1:6000, with commas between them,");
        require(
                advertisedUrl == null || (isPlain(advertisedUrl) && isOfAMachine(advertisedUrl)),
                "advertised-url",
                "a URL such as http://127.0.0.1:1088, with localhost or an IP address of the node's machine,");
        require(
                cid == null || CID.matcher(cid).matches(),
                "cid",
                "1 to 100 letters, digits, dots and dashes");
        require(between(lookEvery, Duration.ofHours(1)), "look-every", "100ms to 1h");
        require(between(timeout, Duration.ofMinutes(1)), "timeout", "100ms to 1m");
        urls = List.copyOf(urls);
    }

    private static boolean isPlain(URI url) {
        return url.getScheme() != null
                && Set.of("http", "https").contains(url.getScheme())
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static boolean isOfAMachine(URI url) {
        String host = url.getHost();
        try {
            return host.equals("localhost")
                    || !InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isAnyLocalAddress();
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static boolean between(Duration time, Duration most) {
        return time.toMillis() >= 100 && time.compareTo(most) <= 0;
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("holt.node." + key + ": " + expected + " expected");
        }
    }
}

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
 * Settings {@code holt.node.*}: registration with communication nodes.
 *
 * @param urls the nodes' registration interfaces; with none, Holt registers nothing
 * @param advertisedUrl where the node reaches this service. A node accepts only {@code localhost} and addresses of its own machine, and may
 *     drop a query. The path can be a secret. The default is the address and port on which this service listens
 * @param cid tells this instance's entries from those of other instances, also after a restart; the default comes from {@link InstanceCid}
 * @param lookEvery how often Holt asks the node for its entries, plus or minus a third
 * @param timeout limit of one call
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
                "URLs such as http://127.0.0.1:6000, separated by commas");
        require(
                advertisedUrl == null || (isPlain(advertisedUrl) && isOfAMachine(advertisedUrl)),
                "advertised-url",
                "a URL such as http://127.0.0.1:1088, with localhost or an IP address of the node's machine");
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
            throw new IllegalArgumentException("holt.node." + key + ": must be " + expected);
        }
    }
}

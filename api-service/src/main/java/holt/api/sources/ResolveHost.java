package holt.api.sources;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/** Resolves a URL's host, and refuses the host if one of its addresses is private. */
final class ResolveHost implements AutoCloseable {
    private static final int LOOK_UPS = 8;

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    /** Resolvers read such a host as a number. It is refused unless it is a plain IPv4 address. */
    private static final Pattern ENDS_IN_A_NUMBER =
            Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private final AllowedHosts allowed;
    private final Dns names;
    private final PlatformThreads lookUps = new PlatformThreads("look-up", LOOK_UPS);

    ResolveHost(AllowedHosts allowed, Dns names) {
        this.allowed = allowed;
        this.names = names;
    }

    /**
     * Returns all addresses of the host. Each of them may be dialled.
     *
     * @param atMost limit of the look-up
     */
    List<InetAddress> addresses(HttpUrl url, Duration atMost) throws RefusedSourceException {
        String host = url.host();
        List<InetAddress> addresses =
                isLiteral(host) ? List.of(InetAddress.ofLiteral(host)) : lookUp(host, atMost);
        boolean good =
                allowed.allow(host, url.port()) || addresses.stream().allMatch(allowed::allow);
        if (addresses.isEmpty() || !good) {
            throw RefusedSourceException.url("the URL's host is not public");
        }
        return addresses;
    }

    @Override
    public void close() {
        lookUps.close();
    }

    /** @throws RefusedSourceException if the host is neither a name nor an address in its usual form */
    private static boolean isLiteral(String host) throws RefusedSourceException {
        if (host.contains(":") || IPV4.matcher(host).matches()) {
            return true;
        }
        if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
            throw RefusedSourceException.url("the URL's host is not public");
        }
        return false;
    }

    private List<InetAddress> lookUp(String host, Duration atMost) throws RefusedSourceException {
        try {
            return lookUps.run(() -> names.lookup(host), atMost);
        } catch (TimeoutException e) {
            throw RefusedSourceException.url("the URL's host was not resolved in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException) {
                throw RefusedSourceException.url("the URL's host is unknown");
            }
            throw new IllegalStateException(e);
        }
    }
}

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

/** Finds the addresses of a URL's host, and refuses the host if one of them is private. */
final class ResolveHost implements AutoCloseable {
    private static final int LOOK_UPS = 8;

    private static final String BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

    /** What resolvers take for a number: then it must be an address as people write it. */
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
     * All addresses, each of which may be dialled.
     *
     * @param atMost until names are resolved
     */
    List<InetAddress> addresses(HttpUrl url, Duration atMost) throws RefusedSourceException {
        String host = url.host();
        List<InetAddress> addresses =
                isLiteral(host) ? List.of(InetAddress.ofLiteral(host)) : lookUp(host, atMost);
        boolean good =
                allowed.allow(host, url.port()) || addresses.stream().allMatch(allowed::allow);
        if (addresses.isEmpty() || !good) {
            throw RefusedSourceException.url("the URL's host is not a public one");
        }
        return addresses;
    }

    @Override
    public void close() {
        lookUps.close();
    }

    /** @throws RefusedSourceException when it is neither a name nor an address in its usual form */
    private static boolean isLiteral(String host) throws RefusedSourceException {
        if (host.contains(":") || IPV4.matcher(host).matches()) {
            return true;
        }
        if (ENDS_IN_A_NUMBER.matcher(host).matches()) {
            throw RefusedSourceException.url("the URL's host is not a public one");
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
                throw RefusedSourceException.url("the URL's host is not known");
            }
            throw new IllegalStateException(e);
        }
    }
}

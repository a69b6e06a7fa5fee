package holt.api.sources;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The private hosts and networks that the setting {@code holt.sources.allow-hosts} opens.
 *
 * @param places hosts by name, whatever their addresses are
 */
record AllowedHosts(List<Place> places, List<CidrBlock> networks) {
    private static final int ANY_PORT = -1;

    /** @param port -1 for all ports */
    record Place(String host, int port) {}

    /** @throws IllegalArgumentException for an entry that is not {@code HOST}, {@code HOST:PORT} or {@code ADDRESS/BITS} */
    static AllowedHosts of(List<String> entries) {
        return new AllowedHosts(
                entries.stream()
                        .filter(entry -> !isNetwork(entry))
                        .map(AllowedHosts::place)
                        .toList(),
                entries.stream()
                        .filter(AllowedHosts::isNetwork)
                        .map(AllowedHosts::network)
                        .toList());
    }

    boolean allow(String host, int port) {
        return places.stream()
                .anyMatch(place ->
                        place.host.equals(host) && (place.port == ANY_PORT || place.port == port));
    }

    boolean allow(InetAddress address) {
        return PublicAddresses.contain(address)
                || networks.stream().anyMatch(network -> network.contains(address));
    }

    private static boolean isNetwork(String entry) {
        return entry.contains("/");
    }

    private static CidrBlock network(String entry) {
        try {
            return CidrBlock.of(entry);
        } catch (IllegalArgumentException e) {
            throw wrong(entry, e);
        }
    }

    private static Place place(String entry) {
        URI url;
        try {
            url = URI.create("http://" + entry);
        } catch (IllegalArgumentException e) {
            throw wrong(entry, e);
        }
        String host = url.getHost();
        if (host == null || url.getUserInfo() != null || !url.getPath().isEmpty()) {
            throw wrong(entry, null);
        }
        // URLs have brackets around an IPv6 address.
        return new Place(host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT), url.getPort());
    }

    private static IllegalArgumentException wrong(String entry, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "holt.sources.allow-hosts: must be HOST, HOST:PORT or a network such as 10.0.0.0/8, not "
                        + entry,
                cause);
    }
}

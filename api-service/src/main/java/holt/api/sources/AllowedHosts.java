package holt.api.sources;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Private places that the operator has opened.
 *
 * @param places by name, to which no address matters
 */
record AllowedHosts(List<Place> places, List<Network> networks) {
    private static final int ANY_PORT = -1;

    /** @param port -1 for all */
    record Place(String host, int port) {}

    /** @throws IllegalArgumentException for an entry that is none of {@code HOST}, {@code HOST:PORT} and {@code ADDRESS/BITS} */
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

    private static Network network(String entry) {
        try {
            return Network.of(entry);
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
        // Brackets are of URLs, not of addresses.
        return new Place(host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT), url.getPort());
    }

    private static IllegalArgumentException wrong(String entry, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "holt.sources.allow-hosts: HOST, HOST:PORT or a network such as 10.0.0.0/8 expected, not "
                        + entry,
                cause);
    }
}

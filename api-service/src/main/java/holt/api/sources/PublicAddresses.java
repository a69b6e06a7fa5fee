package holt.api.sources;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses of the public internet. Java turns an IPv4-mapped IPv6 address into its IPv4 address.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA's special-purpose IPv4 addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA's special-purpose IPv6 addresses</a>
 */
final class PublicAddresses {
    private static final List<CidrBlock> SPECIAL_4 =
            networks(
                    "0.0.0.0/8", // this network
                    "10.0.0.0/8", // private
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8", // loopback
                    "169.254.0.0/16", // link-local
                    "172.16.0.0/12", // private
                    "192.0.0.0/24", // protocols
                    "192.0.2.0/24", // documentation
                    "192.88.99.0/24", // 6to4 relays
                    "192.168.0.0/16", // private
                    "198.18.0.0/15", // benchmarks
                    "198.51.100.0/24", // documentation
                    "203.0.113.0/24", // documentation
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4"); // reserved, broadcast

    /** All global unicast addresses. Loopback, local addresses, NAT64 and multicast lie outside. */
    private static final CidrBlock GLOBAL_6 = CidrBlock.of("2000::/3");

    private static final List<CidrBlock> SPECIAL_6 =
            networks(
                    "2001::/23", // protocols, Teredo
                    "2001:db8::/32", // documentation
                    "2002::/16", // 6to4
                    "3fff::/20"); // documentation

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_4.stream().noneMatch(network -> network.contains(address));
        }
        return GLOBAL_6.contains(address)
                && SPECIAL_6.stream().noneMatch(network -> network.contains(address));
    }

    private static List<CidrBlock> networks(String... networks) {
        return Stream.of(networks).map(CidrBlock::of).toList();
    }
}

package holt.api.sources;

import java.net.InetAddress;

/**
 * A CIDR block: the addresses that start with the same bits.
 *
 * @param bits how many bits
 */
record CidrBlock(InetAddress first, int bits) {
    CidrBlock {
        if (bits < 0 || bits > 8 * first.getAddress().length) {
            throw new IllegalArgumentException("A network cannot have " + bits + " bits");
        }
    }

    /**
     * @param text such as {@code 10.0.0.0/8} or {@code fc00::/7}
     * @throws IllegalArgumentException for anything else
     */
    static CidrBlock of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("A network has a slash");
        }
        return new CidrBlock(
                InetAddress.ofLiteral(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if (((one[bit / 8] ^ other[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}

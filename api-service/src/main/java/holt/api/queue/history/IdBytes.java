package holt.api.queue.history;

import holt.protocol.JobId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A job id as a key: half as long if it is hexadecimal, as Holt's own are. */
final class IdBytes {
    private static final byte HEX = 0;
    private static final byte TEXT = 1;
    private static final HexFormat DIGITS = HexFormat.of();

    private IdBytes() {}

    static byte[] of(JobId id) {
        String value = id.value();
        if (value.length() % 2 == 0 && value.chars().allMatch(IdBytes::isDigit)) {
            return prefixed(HEX, DIGITS.parseHex(value));
        }
        return prefixed(TEXT, value.getBytes(StandardCharsets.US_ASCII));
    }

    static JobId read(byte[] key, int from) {
        return new JobId(
                key[from] == HEX
                        ? DIGITS.formatHex(key, from + 1, key.length)
                        : new String(
                                key, from + 1, key.length - from - 1, StandardCharsets.US_ASCII));
    }

    private static byte[] prefixed(byte kind, byte[] bytes) {
        byte[] key = new byte[bytes.length + 1];
        key[0] = kind;
        System.arraycopy(bytes, 0, key, 1, bytes.length);
        return key;
    }

    /** Upper case would come back as lower case. */
    private static boolean isDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
}

package holt.protocol;

/** The form of all ids: 1-64 letters, digits, {@code -} or {@code _}. So they fit headers, keys, paths and logs without escapes. */
final class Identifier {
    private static final int LONGEST = 64;

    private Identifier() {}

    static void check(String what, String value) {
        if (value.isEmpty()
                || value.length() > LONGEST
                || !value.chars().allMatch(Identifier::isAllowed)) {
            throw new IllegalArgumentException(what + ": 1-64 of [A-Za-z0-9_-] expected");
        }
    }

    /** A regular expression would take a tenth of the time in which events are read. */
    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || (c >= 'A' && c <= 'Z')
                || c == '-'
                || c == '_';
    }
}

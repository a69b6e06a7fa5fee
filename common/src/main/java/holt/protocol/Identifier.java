package holt.protocol;

import java.util.regex.Pattern;

/** The form of all ids: 1-64 letters, digits, {@code -} or {@code _}. So they fit headers, keys, paths and logs without escapes. */
final class Identifier {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Identifier() {}

    static void check(String what, String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(what + ": 1-64 of [A-Za-z0-9_-] expected");
        }
    }
}

package holt.grammar.schema;

import holt.grammar.refusal.Budget;
import holt.grammar.regex.Dfa;
import holt.grammar.regex.Dfas;
import holt.grammar.regex.ParseRegex;
import holt.grammar.regex.Regex;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The formats of strings, as regular expressions. Each matches a part of the valid strings. */
final class Formats {
    private static final String LEAP_YEAR =
            "([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)";
    private static final String DATE =
            "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
                    + "|02-(0[1-9]|1[0-9]|2[0-8]))|"
                    + LEAP_YEAR
                    + "-02-29)";
    private static final String TIME =
            "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])";
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?";
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String PATH = "(/[A-Za-z0-9._~-]{0,64}){0,16}";

    private static final Map<String, String> EXPRESSIONS =
            Map.of(
                    "date",
                    DATE,
                    "time",
                    TIME,
                    "date-time",
                    DATE + "T" + TIME,
                    "email",
                    "[A-Za-z0-9_+-]{1,32}(\\.[A-Za-z0-9_+-]{1,15}){0,2}@("
                            + LABEL
                            + "\\.){1,3}(com|org|net|edu|gov|info|io|de|uk|fr|eu|in|jp|br|ca|au)",
                    "uuid",
                    "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
                    "uri",
                    "(https?|ftp)://("
                            + LABEL
                            + "\\.){0,4}"
                            + LABEL
                            + "(:[1-9][0-9]{0,3})?"
                            + PATH
                            + "(\\?[A-Za-z0-9._~=&-]{0,128})?(#[A-Za-z0-9._~-]{0,64})?",
                    "ipv4",
                    "(" + OCTET + "\\.){3}" + OCTET,
                    "ipv6",
                    "([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}",
                    "hostname",
                    "(" + LABEL + "\\.){0,4}[a-z]" + "([a-z0-9-]{0,30}[a-z0-9])?",
                    "duration",
                    "P([0-9]{1,4}W|[0-9]{1,4}D(T[0-9]{1,4}H)?|T[0-9]{1,4}H([0-9]{1,2}M)?|T[0-9]{1,4}M([0-9]{1,2}S)?|T[0-9]{1,4}S)");

    private static final Map<String, Dfa> STRINGS = new ConcurrentHashMap<>();

    private Formats() {}

    static boolean isKnown(String format) {
        return EXPRESSIONS.containsKey(format);
    }

    /** The strings of a known format. Kept, because applications use the same ones again and again. */
    static Dfa strings(String format) {
        return STRINGS.computeIfAbsent(
                format,
                each -> {
                    Regex content = ParseRegex.whole(EXPRESSIONS.getOrDefault(each, ""), "");
                    return Dfas.of(JsonText.string(content), new Budget());
                });
    }

    static Iterable<String> names() {
        return EXPRESSIONS.keySet().stream().sorted().toList();
    }
}

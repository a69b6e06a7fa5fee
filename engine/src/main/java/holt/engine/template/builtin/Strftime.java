package holt.engine.template.builtin;

import holt.engine.template.value.EvaluationError;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Python's {@code strftime} in the C locale. */
final class Strftime {
    private Strftime() {}

    static String format(String format, ZonedDateTime time) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                out.append(c);
            } else if (++i < format.length()) {
                out.append(directive(format.charAt(i), time));
            } else {
                throw new EvaluationError("strftime_now: the format ends in %");
            }
        }
        return out.toString();
    }

    private static String directive(char directive, ZonedDateTime time) {
        return switch (directive) {
            case 'd' -> pattern("dd", time);
            case 'e' -> "%2d".formatted(time.getDayOfMonth());
            case 'm' -> pattern("MM", time);
            case 'b', 'h' -> pattern("MMM", time);
            case 'B' -> pattern("MMMM", time);
            case 'a' -> pattern("EEE", time);
            case 'A' -> pattern("EEEE", time);
            case 'y' -> pattern("yy", time);
            case 'Y' -> pattern("yyyy", time);
            case 'j' -> pattern("DDD", time);
            case 'H' -> pattern("HH", time);
            case 'I' -> pattern("hh", time);
            case 'M' -> pattern("mm", time);
            case 'S' -> pattern("ss", time);
            case 'f' -> pattern("SSSSSS", time);
            case 'p' -> pattern("a", time);
            case 'F' -> pattern("yyyy-MM-dd", time);
            case 'D' -> pattern("MM/dd/yy", time);
            case 'T' -> pattern("HH:mm:ss", time);
            case 'R' -> pattern("HH:mm", time);
            case 'u' -> Integer.toString(time.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(time.getDayOfWeek().getValue() % 7);
            case '%' -> "%";
            default ->
                    throw new EvaluationError("strftime_now: %" + directive + " is not supported");
        };
    }

    private static String pattern(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
    }
}

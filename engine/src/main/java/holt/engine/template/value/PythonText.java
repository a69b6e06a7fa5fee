package holt.engine.template.value;

import java.util.Locale;

/** Python's view of a string: code points, its idea of white space, and what its string methods make of them. */
public final class PythonText {
    private PythonText() {}

    /** Python's {@code str.isspace} for one character. */
    public static boolean isSpace(int c) {
        return switch (c) {
            case ' ',
                    '\t',
                    '\n',
                    0x0b,
                    '\f',
                    '\r',
                    0x1c,
                    0x1d,
                    0x1e,
                    0x1f,
                    0x85,
                    0xa0,
                    0x1680,
                    0x2028,
                    0x2029 ->
                    true;
            case 0x202f, 0x205f, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200a;
        };
    }

    public static String strip(String text) {
        return lstrip(rstrip(text));
    }

    public static String lstrip(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    public static String rstrip(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Strips any of the given characters instead of white space. */
    public static String lstrip(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    public static String rstrip(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    public static String capitalize(String text) {
        if (text.isEmpty()) {
            return text;
        }
        int first = text.codePointAt(0);
        return Character.toString(Character.toTitleCase(first))
                + lower(text.substring(Character.charCount(first)));
    }

    /** Python's {@code str.title}: the first letter of each run of letters in upper case, the others in lower case. */
    public static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int c : text.codePoints().toArray()) {
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inWord =
                    Character.isUpperCase(c)
                            || Character.isLowerCase(c)
                            || Character.isTitleCase(c);
        }
        return out.toString();
    }

    public static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    public static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Replaces the first so many occurrences, all when {@code most} is negative. */
    public static String replace(
            String text, String old, String replacement, long most, Budget budget) {
        StringBuilder out = new StringBuilder();
        int position = 0;
        int found = text.indexOf(old);
        for (long left = most; found >= 0 && left != 0; left--) {
            budget.spend((long) found - position + replacement.length() + 1);
            out.append(text, position, found).append(replacement);
            position = found + old.length();
            if (old.isEmpty()) {
                if (found >= text.length()) {
                    break;
                }
                position = text.offsetByCodePoints(found, 1);
                out.append(text, found, position);
            }
            found = text.indexOf(old, position);
        }
        return out.append(text, position, text.length()).toString();
    }
}

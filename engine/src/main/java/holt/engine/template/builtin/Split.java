package holt.engine.template.builtin;

import holt.engine.template.value.EvaluationError;
import holt.engine.template.value.PythonText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Python's {@code split}, {@code rsplit} and {@code splitlines}. {@code limit} is the most splits, from the start or the end.
 */
final class Split {
    private static final int MAX_PARTS = 1 << 20;

    private Split() {}

    static List<String> onText(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int found = text.indexOf(separator);
        while (found >= 0 && parts.size() < limit) {
            add(parts, text.substring(start, found));
            start = found + separator.length();
            found = text.indexOf(separator, start);
        }
        add(parts, text.substring(start));
        return parts;
    }

    static List<String> onTextFromRight(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        int found = text.lastIndexOf(separator);
        while (found >= 0 && parts.size() < limit) {
            add(parts, text.substring(found + separator.length(), end));
            end = found;
            found = text.lastIndexOf(separator, end - separator.length());
        }
        add(parts, text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    static List<String> onSpace(String text, long limit) {
        List<String> parts = new ArrayList<>();
        int start = skip(text, 0, true);
        while (start < text.length() && parts.size() < limit) {
            int end = skip(text, start, false);
            add(parts, text.substring(start, end));
            start = skip(text, end, true);
        }
        if (start < text.length()) {
            add(parts, text.substring(start));
        }
        return parts;
    }

    static List<String> onSpaceFromRight(String text, long limit) {
        List<String> parts = new ArrayList<>();
        int end = skipBack(text, text.length(), true);
        while (end > 0 && parts.size() < limit) {
            int start = skipBack(text, end, false);
            add(parts, text.substring(start, end));
            end = skipBack(text, start, true);
        }
        if (end > 0) {
            add(parts, text.substring(0, end));
        }
        Collections.reverse(parts);
        return parts;
    }

    /** The lines without their ends; no empty line behind an end that is the last character. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isLineEnd(text.charAt(i))) {
                add(lines, text.substring(start, i));
                if (text.startsWith("\r\n", i)) {
                    i++;
                }
                start = i + 1;
            }
        }
        if (start < text.length()) {
            add(lines, text.substring(start));
        }
        return lines;
    }

    private static int skip(String text, int from, boolean space) {
        int index = from;
        while (index < text.length() && PythonText.isSpace(text.charAt(index)) == space) {
            index++;
        }
        return index;
    }

    private static int skipBack(String text, int from, boolean space) {
        int index = from;
        while (index > 0 && PythonText.isSpace(text.charAt(index - 1)) == space) {
            index--;
        }
        return index;
    }

    private static boolean isLineEnd(char c) {
        return switch (c) {
            case '\n', '\r', 0x0b, '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029 -> true;
            default -> false;
        };
    }

    private static void add(List<String> parts, String part) {
        if (parts.size() == MAX_PARTS) {
            throw new EvaluationError("a split gives at most " + MAX_PARTS + " parts");
        }
        parts.add(part);
    }
}

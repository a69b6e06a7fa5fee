package holt.engine.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Python's {@code split} and {@code rsplit}: at most {@code limit} cuts, counted from the start or from the end. */
final class Split {
    private Split() {}

    static List<String> onText(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int found = text.indexOf(separator);
        while (found >= 0 && parts.size() < limit) {
            parts.add(text.substring(start, found));
            start = found + separator.length();
            found = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    static List<String> onTextFromRight(String text, String separator, long limit) {
        List<String> parts = new ArrayList<>();
        int end = text.length();
        int found = text.lastIndexOf(separator);
        while (found >= 0 && parts.size() < limit) {
            parts.add(text.substring(found + separator.length(), end));
            end = found;
            found = text.lastIndexOf(separator, end - separator.length());
        }
        parts.add(text.substring(0, end));
        Collections.reverse(parts);
        return parts;
    }

    static List<String> onSpace(String text, long limit) {
        List<String> parts = new ArrayList<>();
        String rest = PythonText.lstrip(text);
        while (!rest.isEmpty() && parts.size() < limit) {
            int end = 0;
            while (end < rest.length() && !PythonText.isSpace(rest.charAt(end))) {
                end++;
            }
            parts.add(rest.substring(0, end));
            rest = PythonText.lstrip(rest.substring(end));
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    static List<String> onSpaceFromRight(String text, long limit) {
        List<String> parts = new ArrayList<>();
        String rest = PythonText.rstrip(text);
        while (!rest.isEmpty() && parts.size() < limit) {
            int start = rest.length();
            while (start > 0 && !PythonText.isSpace(rest.charAt(start - 1))) {
                start--;
            }
            parts.add(rest.substring(start));
            rest = PythonText.rstrip(rest.substring(0, start));
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        Collections.reverse(parts);
        return parts;
    }
}

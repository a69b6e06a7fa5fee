package holt.engine.text.tools;

import holt.engine.text.streaming.PartialMatch;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that is not certain yet. Takes pieces from its start. */
final class HeldText {
    private final StringBuilder text = new StringBuilder();

    void append(String more) {
        text.append(more);
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    int length() {
        return text.length();
    }

    char at(int index) {
        return text.charAt(index);
    }

    int indexOf(String wanted) {
        return indexOf(wanted, 0);
    }

    int indexOf(String wanted, int start) {
        return text.indexOf(wanted, start);
    }

    CharSequence chars() {
        return text;
    }

    /** The index of the first character from {@code start} on that is no white space; the length if there is none. */
    int afterSpace(int start) {
        int index = start;
        while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
            index++;
        }
        return index;
    }

    /** The length of the text before {@code end} without the white space at its end. */
    int beforeSpace(int end) {
        int index = end;
        while (index > 0 && Character.isWhitespace(text.charAt(index - 1))) {
            index--;
        }
        return index;
    }

    /** Whether the text goes on at {@code start} with {@code wanted}. */
    Match match(int start, String wanted) {
        int length = Math.min(wanted.length(), text.length() - start);
        if (!text.substring(start, start + length).equals(wanted.substring(0, length))) {
            return Match.NO;
        }
        return length == wanted.length() ? Match.YES : Match.UNCERTAIN;
    }

    /** A matcher for what begins at {@code start}. */
    Matcher matcher(Pattern pattern, int start) {
        return pattern.matcher(text).region(start, text.length());
    }

    /** Whether it matches at its start. */
    static Match match(Matcher matcher) {
        if (matcher.lookingAt()) {
            return Match.YES;
        }
        return matcher.hitEnd() ? Match.UNCERTAIN : Match.NO;
    }

    /** The length of the text that is certainly not before or in {@code marker}, nor white space before it. */
    int before(String marker) {
        return beforeSpace(text.length() - PartialMatch.atEnd(text, marker));
    }

    String take(int length) {
        String taken = text.substring(0, length);
        text.delete(0, length);
        return taken;
    }

    void takeText(int length, List<Piece> pieces) {
        if (length > 0) {
            pieces.add(new Piece.Text(take(length)));
        }
    }

    void skip(int length, List<Piece> pieces) {
        if (length > 0) {
            take(length);
            pieces.add(new Piece.Skipped(length));
        }
    }

    /** Whether a text matches as far as it is known. */
    enum Match {
        YES,
        NO,
        UNCERTAIN
    }
}

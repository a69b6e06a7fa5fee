package holt.system.rig.script;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The instructions of a prompt to the scripted engine, as {@code key=value} words.
 *
 * @param nonce the answer repeats it
 * @param act {@code do}: what the engine does
 * @param times how many runs of this nonce do {@code act}, over all workers; later runs answer
 * @param sleep milliseconds until the answer is complete
 * @param words the number of pieces of the answer
 * @param size the least number of characters of a word
 */
public record Script(String nonce, Act act, int times, long sleep, int words, int size) {
    /** All runs do {@code act}. */
    static final int ALWAYS = 0;

    enum Act {
        ANSWER,
        FAIL,
        THROW,
        /** The engine reports too little memory. */
        OOM,
        /** The job never ends, but the engine makes progress. */
        HANG,
        /** The engine makes no more progress. */
        STUCK,
        /** The device stops working. */
        BROKEN,
        /** The process ends at once. */
        HALT
    }

    public static Script parse(String prompt) {
        Map<String, String> words =
                Arrays.stream(prompt.split("\\s+"))
                        .filter(word -> word.contains("="))
                        .map(word -> word.split("=", 2))
                        .collect(
                                Collectors.toMap(
                                        pair -> pair[0], pair -> pair[1], (_, last) -> last));
        return new Script(
                words.getOrDefault("nonce", "none"),
                Act.valueOf(words.getOrDefault("do", "answer").toUpperCase(Locale.ROOT)),
                Integer.parseInt(words.getOrDefault("times", "" + ALWAYS)),
                Long.parseLong(words.getOrDefault("sleep", "0")),
                Integer.parseInt(words.getOrDefault("words", "1")),
                Integer.parseInt(words.getOrDefault("size", "0")));
    }

    String word(int index) {
        String word = nonce + "." + index;
        return word + "_".repeat(Math.max(0, size - word.length())) + " ";
    }

    /** The whole answer. */
    public String text() {
        return IntStream.range(0, words).mapToObj(this::word).collect(Collectors.joining());
    }
}

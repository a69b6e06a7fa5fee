package holt.system.rig;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an engine is told, as {@code key=value} words in a prompt.
 *
 * @param nonce is repeated in the answer
 * @param act {@code do}: what to do instead of answering
 * @param times how often {@code act} is done to this nonce, over all workers, before it is answered after all
 * @param sleep how long the answer takes in milliseconds
 * @param words how many pieces it comes in
 * @param size of each word at least, in characters
 */
record Script(String nonce, Act act, int times, long sleep, int words, int size) {
    static final int ALWAYS = 0;

    /** Done in place of an answer. */
    enum Act {
        ANSWER,
        FAIL,
        THROW,
        /** The engine says that it lacks memory. */
        OOM,
        /** The job has no end, but the engine makes progress. */
        HANG,
        /** The engine makes no progress from now on. */
        STUCK,
        /** The device does not work any more. */
        BROKEN,
        /** The process ends at once. */
        HALT
    }

    static Script parse(String prompt) {
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
    String text() {
        return IntStream.range(0, words).mapToObj(this::word).collect(Collectors.joining());
    }
}

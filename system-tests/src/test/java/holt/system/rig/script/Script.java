package holt.system.rig.script;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The instructions of a prompt to the scripted engine, as {@code key=value} words.
 *
 * @param model that the client asks; the engine does not look at it
 * @param nonce the answer repeats it
 * @param act {@code do}: what the engine does
 * @param times how many runs of this nonce do {@code act}, over all workers; later runs answer
 * @param sleep milliseconds until the answer is complete
 * @param words the number of pieces of the answer
 * @param size the least number of characters of a word
 * @param mark ends each word. With {@code varied=true} no two runs have the same, as at a temperature above 0; else it is empty
 */
public record Script(
        String model,
        String nonce,
        Act act,
        int times,
        long sleep,
        int words,
        int size,
        String mark) {
    static final String MODEL = "scripted";

    private static final Pattern MARK = Pattern.compile("~[0-9a-f]{8}");

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
                words.getOrDefault("model", MODEL),
                words.getOrDefault("nonce", "none"),
                Act.valueOf(words.getOrDefault("do", "answer").toUpperCase(Locale.ROOT)),
                Integer.parseInt(words.getOrDefault("times", "" + ALWAYS)),
                Long.parseLong(words.getOrDefault("sleep", "0")),
                Integer.parseInt(words.getOrDefault("words", "1")),
                Integer.parseInt(words.getOrDefault("size", "0")),
                words.containsKey("varied") ? newMark() : "");
    }

    /** The text of any run, in a form that is the same for all. */
    public static String unmarked(String text) {
        return MARK.matcher(text).replaceAll("");
    }

    String word(int index) {
        String word = nonce + "." + index + mark;
        return word + "_".repeat(Math.max(0, size - word.length())) + " ";
    }

    /** The whole answer. */
    public String text() {
        return IntStream.range(0, words).mapToObj(this::word).collect(Collectors.joining());
    }

    private static String newMark() {
        return "~" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }
}

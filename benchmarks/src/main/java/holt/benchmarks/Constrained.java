package holt.benchmarks;

import holt.engine.decoder.Logits;
import holt.engine.text.constraint.ConstrainedText;
import holt.engine.text.constraint.Constraints;
import holt.engine.text.sampling.Sampler;
import holt.engine.text.sampling.Sampling;
import holt.engine.tokenizer.TokenText;
import holt.grammar.Constraint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What masks cost in a step of 16 completions: {@code benchmarks/run Constrained}. The vocabulary is made up: 128k tokens, as
 * long as those of Llama 3. The first step of a schema finds its masks, later ones know them.
 */
final class Constrained {
    private static final int VOCABULARY = 128_000;
    private static final int ROWS = 16;
    private static final int STEPS = 200;
    private static final int MAX_TOKENS = 400;
    private static final int BYTES = 256;
    private static final Sampling HOT = new Sampling(1, 1, null);
    private static final String SCHEMA =
            """
            {"type":"object","properties":{"steps":{"type":"array","items":{"type":"object","properties":{
             "explanation":{"type":"string"},"kind":{"enum":["read","write","think"]},"cost":{"type":"number","minimum":0},
             "note":{"type":"string","maxLength":200}},"required":["explanation","kind","cost","note"]}},
             "day":{"type":"string","format":"date"},"final":{"type":"string"}},"required":["steps","day","final"]}\
            """;

    private Constrained() {}

    public static void main(String[] arguments) {
        List<TokenText> tokens = tokens();
        var random = new Random(2);
        float[] values = new float[ROWS * VOCABULARY];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        var logits = new Logits(values, VOCABULARY);
        var constraints =
                new Constraints(
                        VOCABULARY, id -> tokens.get((int) id), Set.of((long) VOCABULARY - 1));
        long from = System.nanoTime();
        var compiled = constraints.compile(new Constraint.JsonSchema(SCHEMA));
        System.out.printf("First schema, with the trie: %.0f ms%n", millis(from));
        for (int round = 0; round < 5; round++) {
            run(compiled, logits);
        }
    }

    private static void run(Constraints.Compiled compiled, Logits logits) {
        List<Sampler> samplers = new ArrayList<>();
        List<ConstrainedText> texts = new ArrayList<>();
        int[] left = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            samplers.add(new Sampler(HOT, new long[0]));
            texts.add(compiled.newText());
            left[row] = MAX_TOKENS;
        }
        double[] masks = new double[STEPS];
        double[] free = new double[STEPS];
        double[] constrained = new double[STEPS];
        for (int step = 0; step < STEPS; step++) {
            for (int row = 0; row < ROWS; row++) {
                if (texts.get(row).hasEnded()) {
                    texts.set(row, compiled.newText());
                    left[row] = MAX_TOKENS;
                }
                long from = System.nanoTime();
                samplers.get(row).next(logits, row);
                free[step] += millis(from);
                from = System.nanoTime();
                long[] allowed = texts.get(row).allowed(left[row]--);
                masks[step] += millis(from);
                int token = samplers.get(row).next(logits, row, allowed);
                texts.get(row).append(token);
                constrained[step] += millis(from);
            }
        }
        System.out.printf(
                "16 rows: masks %.2f ms (p90 %.2f, greatest %.2f), masks and sampling %.2f ms, sampling without %.2f ms%n",
                at(masks, 50), at(masks, 90), at(masks, 100), at(constrained, 50), at(free, 50));
    }

    private static double at(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) * percent / 100];
    }

    private static double millis(long from) {
        return (System.nanoTime() - from) / 1e6;
    }

    /** Each byte, JSON's punctuation in usual groups, and words with and without a space. The last token is the end. */
    private static List<TokenText> tokens() {
        var random = new Random(1);
        Set<String> texts = new TreeSet<>();
        String marks = "{}[]\",:. \n-_/\\";
        while (texts.size() < 4000) {
            texts.add(letters(random, marks, 2 + random.nextInt(3)));
        }
        while (texts.size() < VOCABULARY - BYTES - 1) {
            String word = letters(random, "etaoinshrdlucmfwypvbgkjqxz", 2 + random.nextInt(9));
            texts.add((random.nextBoolean() ? " " : "") + word);
        }
        List<TokenText> tokens = new ArrayList<>();
        for (int octet = 0; octet < BYTES; octet++) {
            tokens.add(new TokenText("", List.of(octet)));
        }
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            tokens.add(
                    new TokenText(
                            text,
                            IntStream.range(0, bytes.length).map(i -> bytes[i]).boxed().toList()));
        }
        tokens.add(new TokenText("", null));
        return tokens;
    }

    private static String letters(Random random, String alphabet, int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}

package holt.benchmarks;

import holt.benchmarks.report.Machine;
import holt.engine.NativeRuntime;
import holt.engine.RequestId;
import holt.engine.text.ChatTurn;
import holt.engine.text.TextEngine;
import holt.engine.text.TextModelOptions;
import holt.engine.text.TextModels;
import holt.engine.text.TextRequest;
import holt.engine.text.sampling.Sampling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether SmolLM2-135M-Instruct in fp32 answers 20 greedy prompts at once with the text and the token count of {@code transformers}. {@code
 * src/main/python/smollm2_greedy.py} wrote the expected answers. Arguments: folders or GGUF files of the model. Exits with 1 if an answer differs.
 */
final class Greedy {
    private Greedy() {}

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("Greedy: name folders or GGUF files of SmolLM2-135M-Instruct");
            System.exit(2);
        }
        NativeRuntime.prepare(
                Path.of(System.getProperty("java.io.tmpdir"), "holt-benchmarks-native"));
        JsonNode golden = golden();
        boolean same = true;
        for (String model : args) {
            same &= check(Path.of(model), golden);
        }
        System.out.println(Machine.facts());
        System.exit(same ? 0 : 1);
    }

    private static boolean check(Path model, JsonNode golden) {
        int tokens = golden.path("maxTokens").asInt();
        int equal = 0;
        var options = TextModelOptions.of("cpu", "fp32").withMaxContext(1024);
        try (TextEngine engine = TextModels.load(model, options)) {
            var answers = new ArrayList<EngineAnswer>();
            for (JsonNode each : golden.path("answers")) {
                String prompt = each.path("prompt").asString();
                var turns = List.of(new ChatTurn("user", prompt));
                answers.add(
                        EngineAnswer.of(
                                engine,
                                new TextRequest(
                                        new RequestId(prompt),
                                        turns,
                                        Sampling.GREEDY,
                                        tokens,
                                        List.of(),
                                        0)));
            }
            for (int i = 0; i < answers.size(); i++) {
                JsonNode expected = golden.path("answers").path(i);
                if (isSame(answers.get(i), expected)) {
                    equal++;
                } else {
                    System.out.println("differs: " + expected.path("prompt").asString());
                    System.out.println("  transformers: " + expected.path("text").asString());
                    System.out.println("  Holt:         " + answers.get(i).text());
                }
            }
        }
        System.out.printf(
                "%s: %d of %d answers equal%n", model, equal, golden.path("answers").size());
        return equal == golden.path("answers").size();
    }

    /** Whether text, answer tokens and prompt tokens are equal. */
    private static boolean isSame(EngineAnswer answer, JsonNode expected) {
        return answer.text().equals(expected.path("text").asString())
                && answer.finished().completionTokens() == expected.path("answerIds").size()
                && answer.finished().promptTokens() == expected.path("promptIds").size();
    }

    private static JsonNode golden() throws IOException {
        try (InputStream in = Greedy.class.getResourceAsStream("smollm2-greedy.json")) {
            return new JsonMapper().readTree(in);
        }
    }
}

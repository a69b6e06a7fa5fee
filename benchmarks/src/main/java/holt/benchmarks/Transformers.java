package holt.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process that runs Hugging Face's {@code transformers}. */
final class Transformers implements AutoCloseable {
    private static final String PYTHON = "HOLT_BENCHMARK_PYTHON";
    private static final Path SCRIPT = Path.of("benchmarks/src/main/python/generate.py");

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    private Transformers(Process process) throws IOException {
        this.process = process;
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        line(); // waits until it is ready
    }

    /**
     * Loads a model.
     *
     * @param rows the prompts of a batch
     * @param prompt the tokens of each prompt
     * @param answer the tokens of each answer
     * @return empty, with a line on standard error, if the environment names no Python
     */
    static Optional<Transformers> start(Path folder, int rows, int prompt, int answer)
            throws IOException {
        String python = System.getenv(PYTHON);
        if (python == null) {
            System.err.println("Without transformers: " + PYTHON + " names no Python that has it.");
            return Optional.empty();
        }
        var command =
                List.of(
                        python,
                        SCRIPT.toString(),
                        folder.toString(),
                        Integer.toString(rows),
                        Integer.toString(prompt),
                        Integer.toString(answer));
        return Optional.of(
                new Transformers(
                        new ProcessBuilder(command)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start()));
    }

    /** @return the seconds until all prompts are answered */
    double generate() throws IOException {
        in.write("go");
        in.newLine();
        in.flush();
        return Double.parseDouble(line());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new EOFException("transformers has ended; its log says why");
        }
        return line;
    }
}

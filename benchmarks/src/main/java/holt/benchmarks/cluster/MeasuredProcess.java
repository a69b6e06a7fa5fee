package holt.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process of {@link MeasuredMain}. It gets questions on standard input, answers on standard output, and ends with this process. */
public final class MeasuredProcess implements AutoCloseable {
    private final String role;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final String ready;

    /**
     * Returns when the process is ready.
     *
     * @param jvm further JVM options
     * @param arguments the arguments of {@link MeasuredMain}; the first is the role
     */
    public MeasuredProcess(List<String> jvm, String... arguments) throws IOException {
        role = arguments[0];
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        String recordings = System.getProperty("holt.benchmarks.recordings");
        if (recordings != null) {
            command.add(
                    "-XX:StartFlightRecording:settings=profile,dumponexit=true,filename=%s/%s.jfr"
                            .formatted(recordings, role));
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeasuredMain.class.getName()));
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = process.outputWriter(StandardCharsets.UTF_8);
        ready = answer();
    }

    /** What the process printed when it was ready, such as its port. */
    public String ready() {
        return ready;
    }

    public long pid() {
        return process.pid();
    }

    public synchronized String ask(String question) {
        try {
            in.write(question);
            in.newLine();
            in.flush();
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nanoseconds of CPU time since the start, by role of the thread. */
    public Map<String, Long> cpu() {
        var roles = new TreeMap<String, Long>();
        for (String entry : ask("cpu").split("\\|")) {
            int equals = entry.lastIndexOf('=');
            roles.put(
                    role + " - " + entry.substring(0, equals),
                    Long.parseLong(entry.substring(equals + 1)));
        }
        return roles;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        in.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private String answer() throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(MeasuredMain.ANSWER)) {
                return line.substring(MeasuredMain.ANSWER.length());
            }
        }
        throw new EOFException("the " + role + " ended; its log says why");
    }
}

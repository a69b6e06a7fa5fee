package holt.system.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The memory, threads and open files of a process over time, as the kernel counts them. */
final class ProcessStats {
    private final long pid;
    private final long started = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();

    record Sample(double minutes, double residentMb, int threads, int files) {}

    ProcessStats(long pid) {
        this.pid = pid;
    }

    /** Takes a sample if the process lives. */
    void sample() {
        Path proc = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            List<String> status = Files.readAllLines(proc.resolve("status"));
            samples.add(
                    new Sample(
                            (System.nanoTime() - started) / 60e9,
                            number(status, "VmRSS:") / 1024.0,
                            (int) number(status, "Threads:"),
                            (int) files.count()));
        } catch (IOException ended) {
            // The earlier samples stay.
        }
    }

    /** The growth of resident memory in MB a minute (least squares). */
    double slope() {
        double n = samples.size();
        double x = samples.stream().mapToDouble(Sample::minutes).sum() / n;
        double y = samples.stream().mapToDouble(Sample::residentMb).sum() / n;
        double xy = samples.stream().mapToDouble(s -> (s.minutes - x) * (s.residentMb - y)).sum();
        double xx = samples.stream().mapToDouble(s -> (s.minutes - x) * (s.minutes - x)).sum();
        return xx == 0 ? 0 : xy / xx;
    }

    @Override
    public String toString() {
        return samples.size() < 2
                ? "ended too soon for a slope"
                : "%s to %s, %.1f MB a minute"
                        .formatted(samples.getFirst(), samples.getLast(), slope());
    }

    private static long number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}

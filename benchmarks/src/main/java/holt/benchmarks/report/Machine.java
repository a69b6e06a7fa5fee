package holt.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

/** The machine of a measurement. */
public final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** A line of facts. The load shows whether the machine was shared. */
    public static String facts() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %d cores; JDK %s; Kafka %s; load average at the end %.1f",
                processor(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                kafka(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** The resident memory of a process in MB, as Linux shows it. */
    public static long residentMb(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            String resident =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(resident.replaceAll("\\D", "")) / 1024;
        }
    }

    private static String kafka() throws IOException {
        try (InputStream file =
                Machine.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            var about = new Properties();
            about.load(file);
            return about.getProperty("version");
        }
    }

    private static String processor() throws IOException {
        if (!Files.exists(CPUS)) {
            return System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        }
        try (Stream<String> lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .orElse(System.getProperty("os.arch"));
        }
    }
}

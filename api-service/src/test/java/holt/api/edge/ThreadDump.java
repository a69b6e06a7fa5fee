package holt.api.edge;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Dumps all threads, virtual ones included, after a wait that did not end. */
public final class ThreadDump {
    private ThreadDump() {}

    /** Writes the dump beside the test's report. */
    public static void write(String name) throws IOException {
        Path file = Path.of("target", "failsafe-reports", name + "-threads.json").toAbsolutePath();
        Files.deleteIfExists(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        System.out.println("threads: " + file);
    }
}

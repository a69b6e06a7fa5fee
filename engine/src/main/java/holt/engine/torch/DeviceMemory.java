package holt.engine.torch;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much memory a device has for another model. */
public final class DeviceMemory {
    private static final Logger log = LoggerFactory.getLogger(DeviceMemory.class);
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final AtomicLong PROMISED = new AtomicLong(); // of the CPU's

    private DeviceMemory() {}

    /**
     * Bytes that are free and not promised; never negative.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @return empty where a GPU does not tell
     */
    public static OptionalLong free(String device) {
        return device.equals("cpu")
                ? OptionalLong.of(Math.max(0, ofThisMachine() - PROMISED.get()))
                : ofGpu(device);
    }

    /**
     * Notes memory that a model has been given. On a CPU nobody sees it until it is used; a GPU's is taken at once.
     *
     * @param bytes to be given back by {@link #giveBack}
     */
    public static void promise(String device, long bytes) {
        if (device.equals("cpu")) {
            PROMISED.addAndGet(bytes);
        }
    }

    public static void giveBack(String device, long bytes) {
        promise(device, -bytes);
    }

    private static OptionalLong ofGpu(String device) {
        try {
            MemoryUsage memory = CudaUtils.getGpuMemory(TorchModule.device(device));
            return OptionalLong.of(memory.getMax() - memory.getUsed());
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("device", device)
                    .setCause(e)
                    .log(
                            "The device does not tell how much memory it has left; what is set counts");
            return OptionalLong.empty();
        }
    }

    private static long ofThisMachine() {
        var system =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        try {
            String linux = Files.exists(MEMORY) ? Files.readString(MEMORY) : "";
            return available(linux, system.getTotalMemorySize(), system.getFreeMemorySize());
        } catch (IOException e) {
            throw new UncheckedIOException(MEMORY + " could not be read", e);
        }
    }

    /**
     * What may be taken: on Linux also what the file cache gives up; in a container no more than its limit leaves.
     *
     * @param linux the text of /proc/meminfo; empty on other systems
     * @param total bytes, as the JVM sees it: a container's limit if there is one
     * @param free bytes, of that
     */
    static long available(String linux, long total, long free) {
        long available = bytes(linux, "MemAvailable").orElse(free);
        boolean limited = total < bytes(linux, "MemTotal").orElse(total);
        return limited ? Math.min(available, free) : available;
    }

    private static OptionalLong bytes(String linux, String key) {
        Matcher line = Pattern.compile("(?m)^" + key + ":\\s+(\\d+) kB$").matcher(linux);
        return line.find()
                ? OptionalLong.of(Long.parseLong(line.group(1)) * 1024)
                : OptionalLong.empty();
    }
}

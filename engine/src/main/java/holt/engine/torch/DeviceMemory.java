package holt.engine.torch;

import ai.djl.util.cuda.CudaUtils;
import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory that a device has for another model. */
public final class DeviceMemory {
    private static final Logger log = LoggerFactory.getLogger(DeviceMemory.class);
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final AtomicLong RESERVED = new AtomicLong(); // bytes of the CPU's memory

    private DeviceMemory() {}

    /**
     * The bytes that are free and not reserved; never negative.
     *
     * @param device {@code cpu} or {@code cuda:N}
     * @return empty if a GPU does not report it
     */
    public static OptionalLong free(String device) {
        return device.equals("cpu")
                ? OptionalLong.of(Math.max(0, ofThisMachine() - RESERVED.get()))
                : ofGpu(device);
    }

    /**
     * Checks that a model's weights fit. A device that does not report its free memory is not checked.
     *
     * @throws UnloadableModelException if they do not; the message has the numbers
     */
    public static void require(Path model, String device, long weights) {
        OptionalLong free = free(device);
        if (free.isPresent() && free.getAsLong() < weights) {
            throw new UnloadableModelException(
                    "%s: the model needs %s of memory for its weights; %s has %s left"
                            .formatted(
                                    model, readable(weights), device, readable(free.getAsLong())));
        }
    }

    /** For messages. */
    public static String readable(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20));
    }

    /**
     * Reserves memory for a model. A CPU's free memory shrinks only when the model uses it; a GPU's shrinks at once, so there
     * this does nothing. {@link #release} ends the reservation.
     */
    public static void reserve(String device, long bytes) {
        if (device.equals("cpu")) {
            RESERVED.addAndGet(bytes);
        }
    }

    public static void release(String device, long bytes) {
        reserve(device, -bytes);
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
                            "The device does not report its free memory; only the configured limit applies");
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
            throw new UncheckedIOException(MEMORY + " cannot be read", e);
        }
    }

    /**
     * The available bytes. On Linux they include what the file cache can give up. In a container they are limited by its
     * limit.
     *
     * @param linux the text of /proc/meminfo; empty on other systems
     * @param total bytes as the JVM reports them: the container's limit, if there is one
     * @param free bytes of the total
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

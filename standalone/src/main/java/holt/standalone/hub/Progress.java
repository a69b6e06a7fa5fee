package holt.standalone.hub;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Shows the progress of a download: on a terminal in one line that it redraws, elsewhere in a line for each file. Many threads may use it. */
public final class Progress {
    private static final int WIDTH = 24;
    private static final Duration DRAW_EVERY = Duration.ofMillis(200);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final AtomicLong arrived = new AtomicLong();
    private final ReentrantLock drawing = new ReentrantLock();
    private long total; // written before other threads start
    private long before; // bytes that an earlier run has downloaded
    private long begun;
    private long drawn; // guarded by drawing

    public Progress(PrintStream out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    Progress(PrintStream out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /**
     * Call it once, first.
     *
     * @param already bytes that an earlier run has downloaded
     */
    void begin(int files, long total, long already) {
        this.total = total;
        this.before = already;
        this.begun = nanos.getAsLong();
        this.drawn = begun - DRAW_EVERY.toNanos();
        arrived.set(already);
        out.printf(
                Locale.ROOT,
                "%d %s, %s%s%n",
                files,
                files == 1 ? "file" : "files",
                size(total),
                already == 0 ? "" : "; " + size(already) + " are already here");
    }

    /** Counts bytes that have arrived. Negative: bytes that must be downloaded again. */
    void add(long bytes) {
        arrived.addAndGet(bytes);
        if (terminal && drawing.tryLock()) {
            try {
                long now = nanos.getAsLong();
                if (now - drawn >= DRAW_EVERY.toNanos()) {
                    drawn = now;
                    out.print("\r" + line(now));
                    out.flush();
                }
            } finally {
                drawing.unlock();
            }
        }
    }

    /** Call it when a file is complete. */
    void complete(HubFile file) {
        if (!terminal) {
            out.println(file.path() + ", " + size(file.size()));
        }
    }

    /** Call it once, last, also after a failure. */
    void end() {
        if (terminal) {
            out.println("\r" + line(nanos.getAsLong()));
        }
    }

    private String line(long now) {
        long here = arrived.get();
        int filled = total == 0 ? WIDTH : (int) (WIDTH * here / total);
        double seconds = Math.max(1e-3, (now - begun) / 1e9);
        long perSecond = (long) ((here - before) / seconds);
        String left = perSecond > 0 ? ", " + time((total - here) / perSecond) + " left" : "";
        // The spaces erase the rest of a longer line.
        return String.format(
                Locale.ROOT,
                "[%s%s] %s of %s, %s/s%s          ",
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                size(here),
                size(total),
                size(Math.max(0, perSecond)),
                left);
    }

    private static String time(long seconds) {
        return seconds < 60
                ? seconds + " s"
                : seconds < 3600
                        ? seconds / 60 + " min"
                        : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    /** A number of bytes in words, such as {@code 1.5 MB}. */
    public static String size(long bytes) {
        if (bytes < 1_000_000) {
            return bytes < 1_000
                    ? bytes + " B"
                    : String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
        }
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.2f GB", bytes / 1e9);
    }
}

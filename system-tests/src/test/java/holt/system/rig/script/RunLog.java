package holt.system.rig.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Starts and ends of runs, of all workers, in order. It is a file, because workers get killed. */
public record RunLog(Path file) {

    void write(String what, String nonce) {
        var run = new Run(what, nonce, ProcessHandle.current().pid(), System.currentTimeMillis());
        try {
            Files.writeString(
                    file,
                    String.join(
                                    " ",
                                    run.what,
                                    run.nonce,
                                    Long.toString(run.pid),
                                    Long.toString(run.millis))
                            + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Run> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> line.split(" "))
                            .map(words ->
                                    new Run(
                                            words[0],
                                            words[1],
                                            Long.parseLong(words[2]),
                                            Long.parseLong(words[3])))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Run> starts(String nonce) {
        return read().stream().filter(run -> run.isStart() && run.nonce.equals(nonce)).toList();
    }

    /**
     * One line of the log.
     *
     * @param what {@code start}, {@code end}, or {@code stop} for an order to stop, which a finished run gets too
     * @param millis the time on this machine's clock
     */
    public record Run(String what, String nonce, long pid, long millis) {
        public boolean isStart() {
            return what.equals("start");
        }
    }
}

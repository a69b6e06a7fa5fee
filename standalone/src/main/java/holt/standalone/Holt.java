package holt.standalone;

import holt.standalone.cli.HoltCommand;

/** Runs a command of {@code holt}. */
public final class Holt {
    private Holt() {}

    public static void main(String[] args) {
        int code = HoltCommand.execute(args);
        if (code != 0) {
            // The threads of a half-started service would keep the process alive.
            Runtime.getRuntime().halt(code);
        }
    }
}

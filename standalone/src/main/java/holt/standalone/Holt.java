package holt.standalone;

import holt.standalone.cli.HoltCommand;
import java.util.Locale;

/** Runs a command of {@code holt}. */
public final class Holt {
    private Holt() {}

    public static void main(String[] args) {
        // Kafka changes case and formats numbers in the default locale. Turkish and Arabic ones
        // break its settings.
        Locale.setDefault(Locale.ROOT);
        int code = HoltCommand.execute(args);
        if (code != 0) {
            // The threads of a half-started service would keep the process alive.
            Runtime.getRuntime().halt(code);
        }
    }
}

package holt.worker.run;

import holt.protocol.Command;
import holt.protocol.WorkerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an operator wants this worker to claim no jobs. */
public final class DrainOrders {
    private static final Logger LOG = LoggerFactory.getLogger(DrainOrders.class);

    private final WorkerId worker;
    private volatile boolean drained;

    public DrainOrders(WorkerId worker) {
        this.worker = worker;
    }

    public void apply(Command command) {
        switch (command) {
            case Command.Drain(WorkerId meant) -> obey(meant, true);
            case Command.Undrain(WorkerId meant) -> obey(meant, false);
            case Command.Cancel _ -> {}
        }
    }

    public boolean isDrained() {
        return drained;
    }

    private void obey(WorkerId meant, boolean drain) {
        if (meant.equals(worker) && drained != drain) {
            drained = drain;
            LOG.atInfo()
                    .addKeyValue("workerId", worker.value())
                    .log(
                            drain
                                    ? "an operator has drained this worker; it claims no jobs until it is undrained or starts anew"
                                    : "an operator has undrained this worker; it claims jobs again");
        }
    }
}

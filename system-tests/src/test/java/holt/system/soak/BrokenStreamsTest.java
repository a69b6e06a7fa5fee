package holt.system.soak;

import static org.assertj.core.api.Assertions.assertThat;

import holt.system.rig.http.ClientLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokenStreamsTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ENDED = BEGAN.plusSeconds(3);
    private static final ClientLog.Call BROKEN = stream(2015);

    @Test
    void aPlannedMoveAloneIsNoCause() {
        assertThat(broken(BROKEN, span(Fault.MOVE_LEADERS, 1)).withoutCause())
                .containsExactly(BROKEN);
    }

    @Test
    void aWorkerFaultIsACause() {
        assertThat(
                        broken(BROKEN, span(Fault.KILL_WORKER, -9), span(Fault.MOVE_LEADERS, 1))
                                .withoutCause())
                .isEmpty();
    }

    @Test
    void aFaultLongBeforeOrAfterIsNoCause() {
        assertThat(
                        broken(
                                        BROKEN,
                                        span(Fault.KILL_WORKER, -12),
                                        span(Fault.MOVE_LEADERS, 1),
                                        span(Fault.KILL_WORKER, 4))
                                .withoutCause())
                .containsExactly(BROKEN);
    }

    @Test
    void aWholeStreamIsNotBroken() {
        assertThat(broken(stream(0), span(Fault.MOVE_LEADERS, 1)).withoutCause()).isEmpty();
    }

    private static BrokenStreams broken(ClientLog.Call call, FaultSpan... faults) {
        return new BrokenStreams(List.of(call), List.of(faults));
    }

    private static FaultSpan span(Fault fault, int second) {
        Instant from = BEGAN.plusSeconds(second);
        return new FaultSpan(fault, from, from.plusSeconds(1));
    }

    private static ClientLog.Call stream(int code) {
        var result = new ClientLog.Result(200, code, "", "j", true, Duration.ofSeconds(3));
        return new ClientLog.Call("n", result, true, ENDED);
    }
}

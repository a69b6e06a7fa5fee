package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void aTraceHasAParentAndPerhapsAState() {
        assertThat(TraceContext.of(PARENT, "a=1,b=2"))
                .isEqualTo(new TraceContext(PARENT, "a=1,b=2"));
        assertThat(TraceContext.of(PARENT, "")).isEqualTo(new TraceContext(PARENT, null));
    }

    @TestFactory
    @DisplayName("R165: a job carries its trace")
    DynamicTest aJobCarriesItsTrace() {
        var job =
                new Job(
                        new JobId("0123456789abcdef0123456789abcdef"),
                        new ModelName("m"),
                        Lane.NORMAL,
                        1,
                        NOON,
                        NOON.plusSeconds(170),
                        new ReplyAddress(7, "e1"),
                        List.of(),
                        null,
                        new Payload.Stored(new StoredObject("k", 1, "00")),
                        Set.of(),
                        null,
                        new Asked("gpt-4o", null, null),
                        new TraceContext(PARENT, "a=1"));

        return new Golden("job-of-a-trace", Job.class, job).test();
    }

    @Test
    void aStateThatNoHeaderMayHaveIsLeftOut() {
        assertThat(TraceContext.of(PARENT, "a=1\r\nX: 2"))
                .isEqualTo(new TraceContext(PARENT, null));
        assertThat(TraceContext.of(PARENT, "a".repeat(513)))
                .isEqualTo(new TraceContext(PARENT, null));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "4bf92f3577b34da6a3ce929d0e0e4736"
            })
    @DisplayName("R165: an invalid traceparent is no trace")
    void anInvalidParentIsNoTrace(String parent) {
        assertThat(TraceContext.of(parent, "a=1")).isNull();
    }
}

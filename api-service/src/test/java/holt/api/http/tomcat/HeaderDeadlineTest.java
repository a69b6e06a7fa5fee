package holt.api.http.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeaderDeadlineTest {
    private long now;
    private final HeaderDeadline deadline = new HeaderDeadline(Duration.ofNanos(10), () -> now);

    @Test
    void countsFromTheFirstReadOfTheHeaderWhateverComesAfter() {
        assertThat(deadline.isPast("a", true)).isFalse();
        now = 6;
        assertThat(deadline.isPast("a", true)).isFalse();
        now = 11;
        assertThat(deadline.isPast("a", true)).isTrue();
    }

    @Test
    void startsAfreshForTheNextRequest() {
        assertThat(deadline.isPast("a", true)).isFalse();
        now = 9;
        assertThat(deadline.isPast("a", false)).isFalse();
        now = 18;
        assertThat(deadline.isPast("a", true)).isFalse();
        now = 28;
        assertThat(deadline.isPast("a", true)).isFalse();
    }

    @Test
    void aConnectionThatTomcatClosedLeavesTheNextOneItsTime() {
        assertThat(deadline.isPast("a", true)).isFalse();
        now = 100;
        assertThat(deadline.isPast("b", true)).isFalse();
        now = 110;
        assertThat(deadline.isPast("b", true)).isFalse();
        now = 111;
        assertThat(deadline.isPast("b", true)).isTrue();
    }
}

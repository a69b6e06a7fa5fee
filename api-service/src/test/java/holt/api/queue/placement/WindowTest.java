package holt.api.queue.placement;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant DEADLINE = TestPlacement.START.plusSeconds(3600);

    private final Window window = new Window();

    @Test
    @DisplayName("R41: an instance's window is its share of one and a half jobs for each live slot")
    void oneAndAHalfJobsASlotShared() {
        window.resize(4, 1);
        assertThat(room()).isEqualTo(6);

        window.resize(4, 3);
        assertThat(room()).isEqualTo(2);

        window.resize(1, 8);
        assertThat(room()).as("never none").isEqualTo(1);
    }

    @Test
    @DisplayName("R42: with no live slot the window keeps its size, at first 8")
    void withoutASlotTheWindowKeepsItsSize() {
        assertThat(room()).isEqualTo(8);

        window.resize(2, 1);
        window.resize(0, 1);

        assertThat(room()).isEqualTo(3);
    }

    @Test
    void anEndedJobMakesRoomOnce() {
        window.resize(1, 1);
        place(TestPlacement.job("a", Lane.NORMAL));
        place(TestPlacement.job("b", Lane.NORMAL));
        assertThat(window.hasRoom()).isFalse();

        assertThat(window.remove(new JobId("a"))).isNotNull();
        assertThat(window.remove(new JobId("a"))).isNull();

        assertThat(window.hasRoom()).isTrue();
    }

    @Test
    void aJobWithoutAnEndIsForgotten() {
        window.resize(1, 2);
        place(TestPlacement.job("a", Lane.NORMAL));

        window.forgetBefore(DEADLINE);
        assertThat(window.hasRoom()).isFalse();

        window.forgetBefore(DEADLINE.plusMillis(1));
        assertThat(window.hasRoom()).isTrue();
    }

    private void place(Job job) {
        window.place(new Window.Placed(job, 1, false));
    }

    private int room() {
        int jobs = 0;
        while (window.hasRoom()) {
            place(TestPlacement.job("j" + jobs++, Lane.NORMAL));
        }
        for (int i = 0; i < jobs; i++) {
            window.remove(new JobId("j" + i));
        }
        return jobs;
    }
}

package holt.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchFollowersTest {
    private static final FollowHealth READS = new FollowHealth("holt.events", Duration.ZERO, false);

    private final List<Integer> exits = new ArrayList<>();
    private FollowHealth second = new FollowHealth("holt.replies", Duration.ZERO, false);
    private final WatchFollowers watch =
            new WatchFollowers(List.of(() -> READS, () -> second), exits::add);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void aProcessWhoseFollowersReadIsReady() {
        assertThat(watch.ready()).isTrue();
    }

    @Test
    void aShortFailureDoesNotCount() {
        second = new FollowHealth("holt.replies", Duration.ofSeconds(10), false);

        assertThat(watch.ready()).isTrue();
    }

    @Test
    void aFailureOfMoreThanTenSecondsMakesTheProcessUnreadyUntilItPasses() {
        second = new FollowHealth("holt.replies", Duration.ofMillis(10_001), false);
        watch.check();

        assertThat(watch.unreadable()).isEqualTo("holt.replies");
        assertThat(exits).isEmpty();

        second = new FollowHealth("holt.replies", Duration.ZERO, false);
        watch.check();
        assertThat(watch.unreadable()).isNull();
    }

    @Test
    void anEndedFollowerMakesTheProcessUnreadyAndEndsIt() {
        second = new FollowHealth("holt.replies", Duration.ZERO, true);
        watch.check();

        assertThat(watch.unreadable()).isEqualTo("holt.replies");
        assertThat(exits).containsExactly(72);
    }
}

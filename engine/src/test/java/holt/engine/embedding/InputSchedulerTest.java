package holt.engine.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputSchedulerTest {
    private final InputScheduler scheduler = new InputScheduler();

    @Test
    void inputsOfSeveralRequestsShareAPassWithinItsTokens() {
        add("a", 1, 10, 10);
        add("b", 1, 10, 10);

        assertThat(next(30)).containsExactly("a0", "a1", "b0");
        assertThat(next(30)).containsExactly("b1");
        assertThat(next(30)).isEmpty();
    }

    @Test
    void theFirstInputChoosesOthersOfItsLength() {
        add("a", 1, 10, 100, 11, 90, 9);

        assertThat(next(40)).containsExactly("a0", "a2", "a4");
        assertThat(next(200)).containsExactly("a1", "a3");
    }

    @Test
    void paddingCounts() {
        add("a", 1, 10, 30);

        assertThat(next(59)).containsExactly("a0");
    }

    @Test
    void anInputBeyondTheLimitHasAPassOfItsOwn() {
        add("a", 1, 500, 1);

        assertThat(next(40)).containsExactly("a0");
        assertThat(next(40)).containsExactly("a1");
    }

    @Test
    void lowerPrioritiesComeFirst() {
        add("late", 2, 10);
        add("usual", 1, 10);
        add("soon", 0, 10);
        add("usual2", 1, 10);

        assertThat(next(10)).containsExactly("soon0");
        assertThat(next(10)).containsExactly("usual0");
        assertThat(next(10)).containsExactly("usual20");
        assertThat(next(10)).containsExactly("late0");
    }

    @Test
    void aRemovedRequestHasNoMorePasses() {
        add("a", 1, 10, 10);
        add("b", 1, 10);

        scheduler.remove(new RequestId("a"));

        assertThat(next(100)).containsExactly("b0");
    }

    private void add(String request, int priority, int... lengths) {
        scheduler.add(
                IntStream.range(0, lengths.length)
                        .mapToObj(i ->
                                new QueuedInput(
                                        new RequestId(request), i, new long[lengths[i]], priority))
                        .toList());
    }

    private List<String> next(int tokens) {
        return scheduler.next(tokens).stream()
                .map(input -> input.request().value() + input.index())
                .toList();
    }
}

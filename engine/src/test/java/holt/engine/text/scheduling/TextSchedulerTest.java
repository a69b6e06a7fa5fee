package holt.engine.text.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import holt.engine.RequestId;
import holt.engine.decoder.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextSchedulerTest {
    private final TextScheduler scheduler = scheduler(2, 4);

    @Test
    void anIdleSchedulerHasNoStep() {
        assertThat(scheduler.next()).isEmpty();
    }

    @Test
    void aPromptIsReadInChunksAndAnsweredFromThenOn() {
        Sequence sequence = add("a", 0, 6);

        assertThat(runNext()).isEqualTo("a:0+4");
        assertThat(runNext()).isEqualTo("a:4+2");
        assertThat(runNext()).isEqualTo("a:6+1");
        assertThat(sequence.slot()).isEqualTo(new Slot(0));
    }

    @Test
    void othersGetATokenBetweenTheChunksOfALongPrompt() {
        add("a", 0, 2);
        runNext();
        add("b", 0, 9);

        assertThat(List.of(runNext(), runNext(), runNext(), runNext(), runNext()))
                .containsExactly("a:2+1", "b:0+4", "a:3+1", "b:4+4", "a:4+1 b:8+1");
        assertThat(runNext()).isEqualTo("a:5+1 b:9+1");
    }

    @Test
    void shortPromptsAreReadTogetherAsFarAsAChunkGoes() {
        TextScheduler wide = scheduler(4, 8);
        List<Integer> lengths = List.of(4, 5, 2, 4);
        for (int i = 0; i < lengths.size(); i++) {
            String name = "abcd".substring(i, i + 1);
            wide.add(sequence(name, 0, 0, lengths.get(i)));
        }

        // The first says how many tokens of each; there is room for two.
        assertThat(runNext(wide)).isEqualTo("a:0+4 b:0+4");
        assertThat(runNext(wide)).isEqualTo("a:4+1 b:4+1");
        assertThat(runNext(wide)).isEqualTo("c:0+2 d:0+2");
    }

    @Test
    void whoFindsNoSlotWaitsForOne() {
        Sequence a = add("a", 0, 1);
        add("b", 0, 1);
        Sequence c = add("c", 0, 1);
        runNext();
        runNext();
        runNext();
        assertThatNullPointerException().isThrownBy(c::slot);

        scheduler.remove(a);

        assertThat(runNext() + runNext()).contains("c:0+1");
        assertThat(c.slot()).isEqualTo(new Slot(0));
    }

    @Test
    void priorityComesBeforeArrival() {
        add("normal-1", 1, 1);
        add("normal-2", 1, 1);
        add("high", 0, 1);
        scheduler.next();

        Sequence late = add("late", 0, 1);

        assertThatNullPointerException().isThrownBy(late::slot);
        assertThat(runNext()).startsWith("high");
    }

    @Test
    void whateverHappensEveryoneEndsOnceAndNobodyStarves() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int slots = 1 + random.nextInt(4);
            int all = slots + random.nextInt(3);
            TextScheduler any =
                    new TextScheduler(new CacheSlots(all, slots), 1 + random.nextInt(8));
            long[][] cache = new long[all][64];
            Map<Sequence, Integer> wanted = new HashMap<>();
            List<Sequence> open = new ArrayList<>();
            int ended = 0;
            int total = 30;
            int added = 0;
            for (int step = 0; step < 5_000 && ended < total; step++) {
                if (added < total && random.nextInt(3) == 0) {
                    Sequence sequence =
                            new Sequence(
                                    new RequestId("s" + added / 3),
                                    added % 3,
                                    // Some share a prefix, longer or shorter.
                                    prompt("s" + added / 3 % 4, 1 + added / 3 * 17 % 50),
                                    added / 3 % 3);
                    added++;
                    wanted.put(sequence, 1 + random.nextInt(10));
                    open.add(sequence);
                    any.add(sequence);
                }
                if (!open.isEmpty() && random.nextInt(20) == 0) {
                    any.remove(open.remove(random.nextInt(open.size())));
                    ended++;
                }
                Optional<Batch> batch = any.next();
                batch.ifPresent(it -> readAndWrite(cache, it));
                for (Sequence row : run(batch)) {
                    assertThat(open).contains(row);
                    if (row.length() - row.promptLength() == wanted.get(row)) {
                        any.remove(row);
                        open.remove(row);
                        ended++;
                    }
                }
            }
            assertThat(ended).as("seed %d", seed).isEqualTo(total);
            assertThat(any.next()).isEmpty();
        }
    }

    @Test
    void severalAnswersToAPromptGoOnFromTheOneThatReadsIt() {
        TextScheduler wide = scheduler(3, 4);
        List<Sequence> answers =
                IntStream.range(0, 4).mapToObj(i -> sequence("a", i, 0, 6)).toList();
        answers.forEach(wide::add);
        wide.add(sequence("b", 0, 0, 1));

        // The others wait for the prompt and hold nobody up.
        assertThat(runNext(wide)).isEqualTo("a:0+4");
        assertThat(runNext(wide)).isEqualTo("b:0+1");
        assertThat(runNext(wide)).isEqualTo("a:4+2");
        Batch batch = wide.next().orElseThrow();
        assertThat(batch.copies())
                .containsExactly(new Batch.Copy(new Slot(0), new Slot(2), 5, answers.get(1)));
        assertThat(describe(batch)).isEqualTo("a:6+1 b:1+1 a:5+1");
        run(Optional.of(batch));

        // The next one goes on in the slot that the first one leaves.
        wide.remove(answers.get(0));
        Batch next = wide.next().orElseThrow();
        assertThat(next.copies()).isEmpty();
        assertThat(describe(next)).isEqualTo("a:5+1 b:2+1 a:6+1");
    }

    @Test
    void anAnswerWhoseSiblingsAreGoneReadsThePromptItself() {
        List<Sequence> answers =
                IntStream.range(0, 3).mapToObj(i -> sequence("a", i, 0, 6)).toList();
        answers.forEach(scheduler::add);
        runNext();
        scheduler.remove(answers.get(0));
        scheduler.remove(answers.get(1));

        // But for what the first has read.
        assertThat(runNext()).isEqualTo("a:4+2");
    }

    @Test
    void theNextTurnOfAConversationIsReadFromWhereTheLastOneEnded() {
        Sequence turn = add("a", 0, 40);
        runUntilAnswered(turn);
        scheduler.remove(turn);

        // 40 tokens read, and the answer's first written: all but that one are known.
        add("a", 0, 60);
        assertThat(runNext()).isEqualTo("a:40+4");
    }

    @Test
    void aFailureForgetsWhatIsLeft() {
        Sequence turn = add("a", 0, 40);
        runUntilAnswered(turn);
        scheduler.remove(turn);
        scheduler.forgetIdleSlots();

        add("a", 0, 60);
        assertThat(runNext()).isEqualTo("a:0+4");
    }

    private Sequence add(String id, int priority, int promptLength) {
        Sequence sequence = sequence(id, 0, priority, promptLength);
        scheduler.add(sequence);
        return sequence;
    }

    private static Sequence sequence(String id, int choice, int priority, int promptLength) {
        return new Sequence(new RequestId(id), choice, prompt(id, promptLength), priority);
    }

    private void runUntilAnswered(Sequence sequence) {
        while (sequence.length() == sequence.promptLength()) {
            run(scheduler.next());
        }
    }

    private static TextScheduler scheduler(int slots, int chunk) {
        return new TextScheduler(new CacheSlots(slots, slots), chunk);
    }

    /** Prompts of different names have no beginning in common. */
    private static long[] prompt(String name, int length) {
        return LongStream.range(0, length).map(i -> 1000L * name.hashCode() + i).toArray();
    }

    /** What the model would do: every token is read once, where those before it are in the slot. */
    private static void readAndWrite(long[][] cache, Batch batch) {
        for (Batch.Copy copy : batch.copies()) {
            System.arraycopy(
                    cache[copy.source().index()],
                    0,
                    cache[copy.target().index()],
                    0,
                    copy.length());
        }
        for (Sequence row : batch.rows()) {
            long[] slot = cache[row.slot().index()];
            for (int i = 0; i < row.computed(); i++) {
                assertThat(slot[i]).isEqualTo(row.token(i));
            }
            for (int i = row.computed(); i < row.computed() + batch.width(); i++) {
                slot[i] = row.token(i);
            }
        }
    }

    private String runNext() {
        return runNext(scheduler);
    }

    private static String runNext(TextScheduler scheduler) {
        Batch batch = scheduler.next().orElseThrow();
        String described = describe(batch);
        run(Optional.of(batch));
        return described;
    }

    private static String describe(Batch batch) {
        return batch.rows().stream()
                .map(row -> row.id() + ":" + row.computed() + "+" + batch.width())
                .collect(Collectors.joining(" "));
    }

    /** Does what the engine does with a step's result. */
    private static List<Sequence> run(Optional<Batch> batch) {
        List<Sequence> answered = new ArrayList<>();
        batch.ifPresent(step -> {
            assertThat(step.slots()).doesNotHaveDuplicates();
            for (Sequence row : step.rows()) {
                row.advance(step.width());
                if (row.unread() == 0) {
                    row.append(1);
                    answered.add(row);
                }
            }
        });
        return answered;
    }
}

package holt.engine.text.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.RequestId;
import holt.engine.decoder.Slot;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CacheSlotsTest {
    private final CacheSlots slots = new CacheSlots(4, 2);

    @Test
    void aPromptThatBeginsLikeARunningOneTakesItsBeginningOver() {
        Sequence a = admitted(1, 50);
        Sequence b = sequence(1, 80);

        assertThat(slots.admit(b)).containsExactly(new Batch.Copy(a.slot(), new Slot(1), 50, b));
        assertThat(b.computed()).isEqualTo(50);
    }

    @Test
    void theLastTokenOfAKnownPromptIsReadAgain() {
        admitted(1, 50);
        Sequence b = sequence(1, 50);
        slots.admit(b);

        assertThat(b.unread()).isEqualTo(1);
    }

    @Test
    void whatHasEndedMovesAsideForWhatBeginsOtherwiseAndComesBack() {
        slots.release(admitted(1, 50));
        Sequence other = sequence(2, 10);
        assertThat(slots.admit(other))
                .containsExactly(new Batch.Copy(new Slot(0), new Slot(2), 50, other));
        slots.release(other);

        Sequence next = sequence(1, 60);
        assertThat(slots.admit(next))
                .containsExactly(new Batch.Copy(new Slot(2), new Slot(0), 50, next));
        assertThat(next.computed()).isEqualTo(50);
    }

    @Test
    void aLaterTurnTakesThePlaceOfTheEarlierOne() {
        slots.release(admitted(1, 50));
        slots.release(admitted(2, 50)); // moves 1 to slot 2
        slots.release(admitted(1, 70)); // moves 2 to slot 3, and goes on from slot 2
        Sequence other = sequence(3, 10);

        assertThat(slots.admit(other))
                .containsExactly(new Batch.Copy(new Slot(0), new Slot(2), 70, other));
    }

    @Test
    void theLeastRecentlyUsedMakesRoom() {
        slots.release(admitted(1, 50));
        slots.release(admitted(2, 50)); // moves 1 to slot 2
        slots.release(admitted(3, 50)); // moves 2 to slot 3
        Sequence other = sequence(4, 10);

        assertThat(slots.admit(other))
                .containsExactly(new Batch.Copy(new Slot(0), new Slot(2), 50, other));
    }

    @Test
    void aBranchLeavesTheLongerOneWhereItIs() {
        Sequence whole = admitted(1, 90);
        slots.release(whole);
        Sequence branch =
                new Sequence(new RequestId("branch"), 0, LongStream.range(1000, 1041).toArray(), 0);

        assertThat(slots.admit(branch))
                .containsExactly(new Batch.Copy(new Slot(0), new Slot(2), 90, branch));
        assertThat(branch.computed()).isEqualTo(40);
    }

    @Test
    void littleIsNotKept() {
        slots.release(admitted(1, 20));
        Sequence other = sequence(2, 10);

        assertThat(slots.admit(other)).isEmpty();
    }

    @Test
    void withoutRoomBesideThemNothingIsMoved() {
        var few = new CacheSlots(1, 1);
        Sequence first = sequence(1, 50);
        few.admit(first);
        first.advance(50);
        few.release(first);

        assertThat(few.admit(sequence(2, 50))).isEmpty();
        assertThat(few.areTaken()).isTrue();
    }

    /** One whose prompt has been read. */
    private Sequence admitted(long prompt, int length) {
        Sequence sequence = sequence(prompt, length);
        slots.admit(sequence);
        sequence.advance(sequence.unread());
        return sequence;
    }

    private static Sequence sequence(long prompt, int length) {
        return new Sequence(
                new RequestId(prompt + " " + length),
                0,
                LongStream.range(0, length).map(i -> 1000 * prompt + i).toArray(),
                0);
    }
}

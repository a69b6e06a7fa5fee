package holt.api.queue.dead;

import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters are meant.
 *
 * @param reason null for all, as with the model
 * @param numbers of single letters; empty for all
 */
public record DeadFilter(@Nullable Failure reason, @Nullable ModelName model, Set<Long> numbers) {
    public DeadFilter {
        numbers = Set.copyOf(numbers);
    }

    boolean passes(DeadHead letter) {
        return (reason == null || reason == letter.reason())
                && (model == null || model.equals(letter.model()))
                && (numbers.isEmpty() || numbers.contains(letter.number()));
    }
}

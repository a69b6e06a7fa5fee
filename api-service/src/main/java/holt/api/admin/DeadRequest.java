package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.api.queue.dead.DeadFilter;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters an operator wants to replay or discard. An absent field matches all.
 *
 * @param numbers of single letters
 * @param all needed if every other field is absent
 * @param limit the most letters to replay
 * @param force whether to replay also what was replayed too often
 * @param dryRun whether to count alone
 */
record DeadRequest(
        @Nullable List<Long> numbers,
        @Nullable String reason,
        @Nullable String model,
        @Nullable Boolean all,
        @Nullable Integer limit,
        @Nullable Boolean force,
        @Nullable Boolean dryRun) {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the field's name */
    DeadFilter filter() {
        Set<Long> chosen =
                numbers == null
                        ? Set.of()
                        : numbers.stream().filter(Objects::nonNull).collect(Collectors.toSet());
        if (chosen.isEmpty() && reason == null && model == null && !Boolean.TRUE.equals(all)) {
            throw invalid(
                    "all", "true for every letter; otherwise name numbers, a reason or a model");
        }
        return filter(reason, model, chosen);
    }

    static DeadFilter filter(@Nullable String reason, @Nullable String model, Set<Long> numbers) {
        return new DeadFilter(failure(reason), modelName(model), numbers);
    }

    int checkedLimit() {
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw invalid("limit", "1 to " + MOST);
        }
        return limit == null ? USUAL : limit;
    }

    boolean isForced() {
        return Boolean.TRUE.equals(force);
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** For the audit. */
    String words() {
        return numbers != null && !numbers.isEmpty()
                ? "numbers=" + numbers.size()
                : reason == null && model == null
                        ? "all"
                        : (reason == null ? "" : "reason=" + reason + " ")
                                + (model == null ? "" : "model=" + model);
    }

    private static @Nullable Failure failure(@Nullable String label) {
        return label == null || label.isEmpty()
                ? null
                : Arrays.stream(Failure.values())
                        .filter(each -> each.label().equals(label))
                        .findFirst()
                        .orElseThrow(() -> invalid("reason", "a failure such as worker_failed"));
    }

    private static @Nullable ModelName modelName(@Nullable String name) {
        try {
            return name == null || name.isEmpty() ? null : new ModelName(name);
        } catch (IllegalArgumentException e) {
            throw invalid("model", "a model's name");
        }
    }

    private static RequestRejectedException invalid(String field, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, field + ": must be " + expected, field, null);
    }
}

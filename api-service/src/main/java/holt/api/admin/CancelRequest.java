package holt.api.admin;

import holt.api.RequestRejectedException;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs an operator wants to cancel. An absent field matches all jobs.
 *
 * @param createdAfter in seconds since 1970, as is the other time
 * @param all needed if every other field is absent
 * @param dryRun whether to count alone
 */
record CancelRequest(
        @Nullable String model,
        @Nullable String caller,
        @Nullable String status,
        @Nullable Long createdAfter,
        @Nullable Long createdBefore,
        @Nullable Boolean all,
        @Nullable Boolean dryRun) {
    private static final int LONGEST_CALLER = 100;

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the field's name */
    JobFilter filter() {
        if (!Boolean.TRUE.equals(all) && words().isEmpty()) {
            throw invalid(
                    "all",
                    "true to cancel every job; otherwise name a model, caller, status or time");
        }
        if (caller != null && caller.length() > LONGEST_CALLER) {
            throw invalid("caller", "team:NAME or key:ID");
        }
        return new JobFilter(
                caller, modelName(), jobStatus(), null, time(createdAfter), time(createdBefore));
    }

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }

    /** For the audit. */
    String words() {
        return Stream.of(
                        word("model", model),
                        word("caller", caller),
                        word("status", status),
                        word("created_after", createdAfter),
                        word("created_before", createdBefore))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
    }

    private static @Nullable String word(String name, @Nullable Object value) {
        return value == null ? null : name + "=" + value;
    }

    private @Nullable ModelName modelName() {
        try {
            return model == null ? null : new ModelName(model);
        } catch (IllegalArgumentException e) {
            throw invalid("model", "a model's name");
        }
    }

    private @Nullable JobStatus jobStatus() {
        return status == null
                ? null
                : Arrays.stream(JobStatus.values())
                        .filter(each -> !each.isEnd() && each.label().equals(status))
                        .findFirst()
                        .orElseThrow(() -> invalid("status", "queued, running or waiting_retry"));
    }

    private static @Nullable Instant time(@Nullable Long seconds) {
        return seconds == null ? null : Instant.ofEpochSecond(seconds);
    }

    private static RequestRejectedException invalid(String field, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, field + ": must be " + expected, field, null);
    }
}

package holt.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.List;

/**
 * What API instances tell each other on {@code holt.line} about the jobs of a model that wait in their lines: each its {@link Demand}, and the
 * owner of the line its {@link Ruling}. A lost message costs the order of service, never a job.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LineMessage extends Versioned
        permits LineMessage.Demand, LineMessage.Ruling {
    ModelName model();

    @Override
    default int version() {
        return 1;
    }

    /**
     * What waits in one instance.
     *
     * @param read the offset of the newest ruling that the instance has followed; -1 for none
     * @param placed the instance's jobs in the queue and those that run
     * @param held waiting jobs that only this instance knows
     * @param heldWork of those, in tokens
     * @param wants what could go now, by lane and caller
     * @param corrections of the work that ended jobs were thought to be
     */
    @JsonTypeName("demand")
    record Demand(
            InstanceId instance,
            ModelName model,
            long read,
            int placed,
            int held,
            long heldWork,
            List<Want> wants,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Correction> corrections)
            implements LineMessage {
        public Demand {
            wants = List.copyOf(wants);
            corrections = corrections == null ? List.of() : List.copyOf(corrections);
        }
    }

    /**
     * The jobs of one caller that wait in one lane.
     *
     * @param caller empty for all that have no key
     * @param jobs how many could go now; the count ends early
     * @param first the first ones, in order
     */
    record Want(Lane lane, String caller, double weight, int jobs, List<Head> first) {
        public Want {
            first = List.copyOf(first);
        }
    }

    /**
     * A waiting job.
     *
     * @param work in tokens, about
     * @param since it came
     */
    record Head(long work, Instant since) {}

    /** The caller's ended jobs were that much more work than estimated, divided by its weight. */
    record Correction(String caller, double more) {}

    /** Which instance may send jobs now. The newest counts, for a short time. */
    sealed interface Ruling extends LineMessage permits Open, Lease, Credits {
        InstanceId owner();
    }

    /** No jobs wait: each instance has its share of the window. */
    @JsonTypeName("open")
    record Open(InstanceId owner, ModelName model) implements Ruling {}

    /**
     * Jobs wait in that instance alone.
     *
     * @param size how many jobs it may have in the queue and running
     */
    @JsonTypeName("lease")
    record Lease(InstanceId owner, ModelName model, InstanceId instance, int size)
            implements Ruling {}

    /** Jobs wait in several instances, and those named may go. */
    @JsonTypeName("credits")
    record Credits(InstanceId owner, ModelName model, List<Grant> grants) implements Ruling {
        public Credits {
            grants = List.copyOf(grants);
        }
    }

    /** The caller's next jobs of that lane in that instance, so many. */
    record Grant(InstanceId instance, Lane lane, String caller, int jobs) {}
}

package holt.worker.remote;

import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TraceContext;
import holt.worker.models.ModelRunner.Running;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an engine of one kind speaks. Any thread may call any method. */
public interface EngineApi extends AutoCloseable {
    /**
     * What the engine lists, by its own names, with what the list says of each.
     *
     * @throws IOException if it is down or loading
     */
    Map<String, JsonNode> models() throws IOException, InterruptedException;

    /**
     * A model that is listed for the first time.
     *
     * @param name in Holt
     * @param own the engine's name of it
     * @param listed what the list says of it
     * @throws RuntimeException if it cannot be served
     */
    Model model(ModelName name, String own, JsonNode listed)
            throws IOException, InterruptedException;

    /** Jobs at once of each model, as the engine says it now; 0: it does not say. */
    default int slots() throws IOException, InterruptedException {
        return 0;
    }

    /** Whether the engine, whatever its models, takes another task now. */
    default boolean hasRoom() {
        return true;
    }

    /** Ends all requests. */
    @Override
    void close();

    /**
     * A model of an engine.
     *
     * @param slots jobs at once, as the engine says it; 0: it does not
     */
    record Model(KnownModel known, int slots, Tasks tasks) {}

    /** Runs tasks on one model. */
    @FunctionalInterface
    interface Tasks {
        /**
         * Returns at once.
         *
         * @param trace of the job, which the engine may continue; null: none
         * @param replies receives deltas and progress
         */
        Running start(Task task, @Nullable TraceContext trace, Consumer<Reply> replies);
    }
}

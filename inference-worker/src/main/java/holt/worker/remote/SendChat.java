package holt.worker.remote;

import holt.protocol.Task;
import holt.worker.models.GrowAnswers;

/** Sends chats to an engine. */
@FunctionalInterface
interface SendChat {
    /**
     * Returns at once.
     *
     * @param model the engine's own name of it
     * @return closes the connection
     */
    Runnable send(Task.Chat chat, String model, GrowAnswers answers);
}

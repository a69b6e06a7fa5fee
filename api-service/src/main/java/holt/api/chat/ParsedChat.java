package holt.api.chat;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/**
 * A valid chat request.
 *
 * @param includeUsage whether a stream ends with a chunk that has only the usage
 */
record ParsedChat(KnownModel model, Task.Chat task, boolean includeUsage) {}

package holt.api.chat;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/**
 * A valid, complete request for a chat.
 *
 * @param includeUsage whether a stream ends with a chunk that carries the usage alone
 */
record ChatCall(KnownModel model, Task.Chat task, boolean includeUsage) {}

package holt.api.chat;

import holt.protocol.KnownModel;
import holt.protocol.Task;
import org.jspecify.annotations.Nullable;

/**
 * A valid chat request.
 *
 * @param includeUsage whether a stream has the usage; null if the client does not say
 */
public record ParsedChat(KnownModel model, Task.Chat task, @Nullable Boolean includeUsage) {}

package holt.api.completions;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/**
 * A valid request, and the model that it names.
 *
 * @param includeUsage whether a stream ends with a chunk of the usage
 */
record ParsedCompletions(KnownModel model, Task.Complete task, boolean includeUsage) {}

package holt.api.embeddings;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/** A valid request, and the model that it names. */
record ParsedEmbeddings(KnownModel model, Task.Embed task) {}

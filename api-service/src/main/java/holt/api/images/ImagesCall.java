package holt.api.images;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/** A valid, complete request for images; its sources are in the store. */
record ImagesCall(KnownModel model, Task.Images task) {}

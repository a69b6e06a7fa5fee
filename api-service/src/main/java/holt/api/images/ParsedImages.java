package holt.api.images;

import holt.protocol.KnownModel;
import holt.protocol.Task;

/** A valid request for images, whose source pictures are in the object store. */
record ParsedImages(KnownModel model, Task.Images task) {}

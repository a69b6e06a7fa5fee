/**
 * The image engine: pictures from prompts, and edits of pictures, many at once.
 *
 * <p>One thread owns the model, and others talk to it through its inbox. Its step is: the {@code ImageScheduler} chooses (no
 * tensors), the model says what is noise (no policy), each picture's own scheduler moves its latents. Random numbers belong
 * to the picture, and a request with a seed shares no batch with others, because arithmetic in a batch may round otherwise.
 */
@NullMarked
package holt.engine.image;

import org.jspecify.annotations.NullMarked;

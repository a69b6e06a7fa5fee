/**
 * The embedding engine: from texts to vectors, batched over requests.
 *
 * <p>A folder's own files say how: {@code modules.json} and what it names, as sentence-transformers reads them. The batch loop puts inputs of
 * several requests into one pass of a {@link holt.engine.encoder.Encoder}.
 */
@NullMarked
package holt.engine.embedding;

import org.jspecify.annotations.NullMarked;

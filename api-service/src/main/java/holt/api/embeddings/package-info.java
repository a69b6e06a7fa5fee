/** {@code POST /v1/embeddings}: its route, its JSON records, parsing and rendering. */
@NullMarked
package holt.api.embeddings;

import org.jspecify.annotations.NullMarked;

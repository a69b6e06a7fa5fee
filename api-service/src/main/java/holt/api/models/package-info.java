/**
 * Which models there are, and how many slots serve them. Workers announce them on {@code holt.workers} and {@code holt.settings}. No setting
 * of the API names a model.
 *
 * <p>Easy to get wrong: a model without a worker stays listed for a grace time, while its jobs wait.
 *
 * <p>Does not know jobs or tasks.
 */
@NullMarked
package holt.api.models;

import org.jspecify.annotations.NullMarked;

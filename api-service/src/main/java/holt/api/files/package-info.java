/**
 * Pictures for clients: URLs that let who has them read one picture for a while, and the route that serves them where clients cannot reach
 * the object store.
 *
 * <p>Easy to get wrong: a URL is a key; it never goes to a log.
 */
@NullMarked
package holt.api.files;

import org.jspecify.annotations.NullMarked;

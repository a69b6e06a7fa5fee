/**
 * Pictures for clients: signed URLs, each valid for one picture and a limited time, and the route that serves them if clients cannot reach
 * the object store.
 *
 * <p>Easy to get wrong: anybody who has a URL can read its picture, so a URL never goes to a log.
 *
 * <p>Does not know jobs or how pictures are made.
 */
@NullMarked
package holt.api.files;

import org.jspecify.annotations.NullMarked;

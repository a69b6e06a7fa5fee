/**
 * Reads request bodies: within the limits of size and time, as strict JSON or as a form.
 *
 * <p>Easy to get wrong: the whole JSON text is checked first, fields that nobody reads included. A form's file names and content types
 * are ignored, since the client may write anything there.
 *
 * <p>Does not know any route's fields: {@code holt.api.fields} and the features read those.
 */
@NullMarked
package holt.api.http.body;

import org.jspecify.annotations.NullMarked;

/**
 * Reads single fields of requests: numbers, choices, parts of a form. Its refusals name the field that was wrong.
 *
 * <p>Easy to get wrong: {@code 0} means <em>not set</em> only where {@code 0} is no valid value.
 *
 * <p>Does not know any route.
 */
@NullMarked
package holt.api.fields;

import org.jspecify.annotations.NullMarked;

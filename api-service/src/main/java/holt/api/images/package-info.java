/**
 * {@code POST /v1/images/generations} and {@code /v1/images/edits}, as JSON or as a form: {@link holt.api.images.ImagesRequest} as it comes
 * becomes a valid {@link holt.protocol.Task.Images} once, at the door, and source pictures go to the object store.
 *
 * <p>Easy to get wrong: {@code 0}, {@code ""} and {@code null} mean <em>not set</em>; URLs are signed anew each time an answer is shown.
 *
 * <p>Does not know Kafka, workers, or how pictures are fetched and decoded ({@code holt.api.sources}).
 */
@NullMarked
package holt.api.images;

import org.jspecify.annotations.NullMarked;

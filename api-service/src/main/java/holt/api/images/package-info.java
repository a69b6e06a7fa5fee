/**
 * {@code POST /v1/images/generations} and {@code /v1/images/edits}, as JSON or as a form. {@link holt.api.images.ParseImages} turns the raw
 * {@link holt.api.images.ImagesRequest} into a valid {@link holt.protocol.Task.Images} and puts source pictures into the object store.
 *
 * <p>Easy to get wrong: {@code null} and {@code ""} mean <em>not set</em>. {@code 0} does so only where it is no valid value: {@code n}, sides and steps.
 * Each rendering of an answer signs the URLs anew.
 *
 * <p>Does not know Kafka, workers, or how {@code holt.api.sources} fetches and decodes pictures.
 */
@NullMarked
package holt.api.images;

import org.jspecify.annotations.NullMarked;

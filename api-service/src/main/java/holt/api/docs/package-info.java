/** The service describes itself: an OpenAPI document, and a page that shows it without asking any other host. */
@NullMarked
package holt.api.docs;

import org.jspecify.annotations.NullMarked;

/** The OpenAPI document of the service, and a page that shows it and loads nothing from other hosts. A test checks it against real answers. */
@NullMarked
package holt.api.docs;

import org.jspecify.annotations.NullMarked;

/**
 * The OpenAPI document of the service, a page that shows it, and the page at {@code /}. The pages load nothing from other hosts. A test
 * checks the document against real answers.
 */
@NullMarked
package holt.api.docs;

import org.jspecify.annotations.NullMarked;

/** What callers used: {@code GET /v1/usage} and {@code GET /admin/v1/usage}. */
@NullMarked
package holt.api.usage;

import org.jspecify.annotations.NullMarked;

/** What operators see and do: the routes under {@code /admin/v1}, except those for keys. */
@NullMarked
package holt.api.admin;

import org.jspecify.annotations.NullMarked;

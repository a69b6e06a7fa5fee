/** The audit in {@code holt.audit}. */
@NullMarked
package holt.api.audit.log;

import org.jspecify.annotations.NullMarked;

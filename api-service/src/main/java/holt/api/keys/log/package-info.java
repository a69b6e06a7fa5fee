/** Keys in {@code holt.keys}: how they are written, and how every instance learns of them. */
@NullMarked
package holt.api.keys.log;

import org.jspecify.annotations.NullMarked;

/** Operators' orders in {@code holt.controls}: how they are written, and how every instance learns of them. */
@NullMarked
package holt.api.controls.log;

import org.jspecify.annotations.NullMarked;

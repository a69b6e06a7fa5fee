/** The console in a real browser. */
@NullMarked
package holt.system.console;

import org.jspecify.annotations.NullMarked;

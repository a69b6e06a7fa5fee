/** The console: pages for operators on the management port. They show what the services of the API know, and hold no state of their own. */
@NullMarked
package holt.api.console;

import org.jspecify.annotations.NullMarked;

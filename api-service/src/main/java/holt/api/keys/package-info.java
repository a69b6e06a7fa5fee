/** Keys of callers: who may call which routes, and the routes that manage keys. */
@NullMarked
package holt.api.keys;

import org.jspecify.annotations.NullMarked;

/**
 * Waiting and measuring. Tests wait for conditions ({@link holt.system.rig.time.Await}); only a fault or a back-off has a fixed length
 * ({@link holt.system.rig.time.Pause}).
 *
 * <p>Does not know Holt.
 */
@NullMarked
package holt.system.rig.time;

import org.jspecify.annotations.NullMarked;

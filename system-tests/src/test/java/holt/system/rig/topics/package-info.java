/**
 * What the topics hold, read with Holt's own clients and without its processes.
 *
 * <p>Easy to get wrong: a read ends at the topic's current end. Wait with {@code Await} for an event that is still to come.
 *
 * <p>Does not know processes or HTTP.
 */
@NullMarked
package holt.system.rig.topics;

import org.jspecify.annotations.NullMarked;

/**
 * The users of three brokers and their rights.
 *
 * <p>Easy to get wrong: brokers learn of a changed right milliseconds after the administrator is told of it.
 *
 * <p>Does not know processes.
 */
@NullMarked
package holt.system.rig.access;

import org.jspecify.annotations.NullMarked;

/**
 * Engines that this worker starts itself: their commands, what they print, and when they start again.
 *
 * <p>Easy to get wrong: an engine must end with its worker, however the worker ends. So a shell stands between them, which ends the engine
 * once its own standard input closes.
 *
 * <p>Does not know what engines speak.
 */
@NullMarked
package holt.worker.remote.process;

import org.jspecify.annotations.NullMarked;

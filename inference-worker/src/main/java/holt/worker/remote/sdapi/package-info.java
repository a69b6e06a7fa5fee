/**
 * Engines that speak {@code /sdapi/v1}: the web interfaces of Automatic1111 and Forge.
 *
 * <p>Easy to get wrong: such an engine runs one request at a time, and goes on after its client has left. {@link
 * holt.worker.remote.sdapi.WatchTask} interrupts it, but only while it runs the request of this worker.
 */
@NullMarked
package holt.worker.remote.sdapi;

import org.jspecify.annotations.NullMarked;

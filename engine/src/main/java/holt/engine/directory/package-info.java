/**
 * Finds models in a directory, and says what else looks like one. The worker and {@code ./holt models} share it. It opens no weights: a
 * found model may still fail to load.
 */
@NullMarked
package holt.engine.directory;

import org.jspecify.annotations.NullMarked;

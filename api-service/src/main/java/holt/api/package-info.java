/** The HTTP service. Every request becomes a job on Kafka, and every reply comes back to the API instance whose client waits. */
@NullMarked
package holt.api;

import org.jspecify.annotations.NullMarked;

/** What this worker writes for others: replies and events of its jobs, heartbeats, and the models that it serves. */
@NullMarked
package holt.worker.report;

import org.jspecify.annotations.NullMarked;

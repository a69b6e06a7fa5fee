package holt.api.queue.index;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list, newest job first.
 *
 * @param next where the list goes on; null at its end. A page can be short and still have a next one, since a page looks at so many entries
 *     only
 */
public record JobPage(List<JobHead> jobs, @Nullable ListPlace next) {}

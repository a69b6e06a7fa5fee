package holt.standalone.hub;

import java.util.List;

/**
 * What a revision is at the moment.
 *
 * @param commit 40 hexadecimal digits
 */
record Snapshot(String commit, List<HubFile> files) {}

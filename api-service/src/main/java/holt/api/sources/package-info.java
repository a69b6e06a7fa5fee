/**
 * Reads the pictures that clients bring: by URL, as data or as an upload. It fetches them safely and has {@code decode} turn them into plain
 * PNG.
 *
 * <p>Easy to get wrong: to fetch a URL is to make a stranger's request from our network. The connection must go to the very address that was
 * checked, and each redirect is checked again. A file's name and content type mean nothing.
 *
 * <p>Does not know what the pictures are for.
 */
@NullMarked
package holt.api.sources;

import org.jspecify.annotations.NullMarked;

/**
 * Pictures that clients bring: as URL, as data, as an upload. They are fetched and decoded here, at the door, and go on as plain PNG.
 *
 * <p>Easy to get wrong: a URL is a request that a stranger makes with our network; the address that was checked must be the one that is
 * dialled, for each redirect anew. A file's name and type say nothing; its size is checked before a pixel is decoded.
 */
@NullMarked
package holt.api.sources;

import org.jspecify.annotations.NullMarked;

/**
 * Decodes a client's picture file and writes its pixels as a plain PNG: PNG, JPEG and GIF, with 8 bits a channel.
 *
 * <p>Easy to get wrong: the file's size in pixels is checked before a pixel is decoded. Java's readers make up pixels that a damaged file
 * lacks, so damage is searched for first.
 *
 * <p>Does not know where the file comes from.
 */
@NullMarked
package holt.api.sources.decode;

import org.jspecify.annotations.NullMarked;

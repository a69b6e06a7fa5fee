package holt.standalone.hub;

import org.jspecify.annotations.Nullable;

/**
 * A file of a model on the hub.
 *
 * @param path from the model's root, with slashes
 * @param size in bytes; negative if the list does not have it
 * @param sha256 hexadecimal; null if the hub names none
 * @param gitId SHA-1 of git's blob, hexadecimal; null if the hub names none, or if the blob is a pointer to the file
 */
record HubFile(String path, long size, @Nullable String sha256, @Nullable String gitId) {}

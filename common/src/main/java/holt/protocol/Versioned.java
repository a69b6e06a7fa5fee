package holt.protocol;

/** A message that an older release may not be able to read. All other messages have version 1. */
interface Versioned {
    /** The lowest version of the protocol that can express this message. */
    int version();
}

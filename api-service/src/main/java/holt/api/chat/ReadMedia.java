package holt.api.chat;

import holt.api.RequestRejectedException;
import holt.protocol.Media;

/** Reads what a message brings beside its text, and keeps it for the worker. */
@FunctionalInterface
interface ReadMedia {
    /** @throws RequestRejectedException with the field's name, if it cannot be read or kept */
    Media read(MediaPart part);
}

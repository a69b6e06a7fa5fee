package holt.api.chat;

import static holt.api.fields.Fields.invalid;

import holt.api.RequestRejectedException;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.Media;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Gives messages their pictures, sounds and files, within bounds for all of them together. */
final class AttachMedia {
    static final int MOST_PARTS = 64;
    static final long MOST_BYTES = 24 << 20;
    static final Duration LONGEST = Duration.ofSeconds(20);

    private final ReadMedia read;
    private final LongSupplier nanoTime;

    /** @param nanoTime a monotonic time in nanoseconds */
    AttachMedia(ReadMedia read, LongSupplier nanoTime) {
        this.read = read;
        this.nanoTime = nanoTime;
    }

    /** @throws RequestRejectedException with the name of the field at fault */
    List<ChatMessage> to(List<ChatMessage> messages, List<MediaPart> parts) {
        if (parts.size() > MOST_PARTS) {
            throw invalid(
                    "messages", "must have at most " + MOST_PARTS + " pictures, sounds and files");
        }
        long begun = nanoTime.getAsLong();
        long bytes = 0;
        var attached = new ArrayList<>(messages);
        for (MediaPart part : parts) {
            if (nanoTime.getAsLong() - begun > LONGEST.toNanos()) {
                throw new RequestRejectedException(
                        Failure.INVALID_IMAGE_URL,
                        part.field()
                                + ": the pictures before it took "
                                + LONGEST.toSeconds()
                                + " s",
                        part.field(),
                        null);
            }
            Media media = read.read(part);
            bytes += media.data().size();
            if (bytes > MOST_BYTES) {
                throw new RequestRejectedException(
                        Failure.PAYLOAD_TOO_LARGE,
                        part.field()
                                + ": the request's pictures, sounds and files have more than "
                                + MOST_BYTES
                                + " bytes",
                        part.field(),
                        null);
            }
            attached.set(part.message(), with(attached.get(part.message()), media));
        }
        return attached;
    }

    private static ChatMessage with(ChatMessage message, Media media) {
        var all = new ArrayList<Media>();
        if (message.media() != null) {
            all.addAll(message.media());
        }
        all.add(media);
        return message.with(all);
    }
}

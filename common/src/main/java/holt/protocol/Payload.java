package holt.protocol;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** A job's task. A task over 64 KiB travels as a claim check. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "in")
public sealed interface Payload {
    @JsonTypeName("record")
    record Inline(Task task) implements Payload {}

    /** @param object the JSON of a {@link Task} */
    @JsonTypeName("store")
    record Stored(StoredObject object) implements Payload {}
}

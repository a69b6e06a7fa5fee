package holt.api.models;

import holt.protocol.KnownModel;
import java.util.List;

/**
 * A model as clients of both families see it.
 *
 * @param created seconds since 1970
 * @param model the id again, for the standard
 * @param url its main endpoint
 * @param contextLength tokens of prompt and answer together
 */
record ModelRow(
        String id,
        String object,
        long created,
        String ownedBy,
        String model,
        String url,
        List<String> urls,
        KnownModel.Kind kind,
        String description,
        int contextLength) {

    static ModelRow of(KnownModel model, String ownedBy, List<String> urls) {
        String name = model.name().value();
        return new ModelRow(
                name,
                "model",
                model.created().getEpochSecond(),
                ownedBy,
                name,
                urls.getFirst(),
                urls,
                model.kind(),
                model.description(),
                model.contextLength());
    }
}

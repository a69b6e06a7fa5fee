package holt.api;

import holt.api.models.ModelCatalog;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.time.Instant;
import java.util.List;

/** Three models, all served until a test says otherwise: a chat model {@code m}, one whose id has a slash, and one that makes images. */
public final class FakeCatalog implements ModelCatalog {
    public static final int CONTEXT = 2048;
    private static final int LONGEST_TOKEN = 16;

    private static final List<KnownModel> MODELS =
            List.of(
                    model("ORG/NAME", KnownModel.Kind.CHAT),
                    model("m", KnownModel.Kind.CHAT),
                    model("painter", KnownModel.Kind.IMAGE));

    private volatile List<KnownModel> served = MODELS;

    /** From now on workers serve these of the three. */
    public void serveOnly(String... names) {
        served =
                MODELS.stream()
                        .filter(model -> List.of(names).contains(model.name().value()))
                        .toList();
    }

    private static KnownModel model(String name, KnownModel.Kind kind) {
        return new KnownModel(
                new ModelName(name),
                kind,
                "for tests",
                Instant.ofEpochSecond(1_700_000_000),
                CONTEXT,
                LONGEST_TOKEN);
    }

    @Override
    public List<KnownModel> list() {
        return MODELS;
    }

    @Override
    public List<KnownModel> served() {
        return served;
    }

    @Override
    public KnownModel find(String name) {
        return MODELS.stream()
                .filter(model -> model.name().value().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new RequestRejectedException(
                                Failure.MODEL_NOT_FOUND, "no such model", "model", null));
    }
}

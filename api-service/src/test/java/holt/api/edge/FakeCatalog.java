package holt.api.edge;

import holt.api.RequestRejectedException;
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
    private static final Instant CREATED = Instant.ofEpochSecond(1_700_000_000);

    private static final List<KnownModel> MODELS =
            List.of(
                    chat("ORG/NAME"),
                    chat("m"),
                    KnownModel.ofImages(
                            new ModelName("painter"),
                            "for tests",
                            CREATED,
                            new KnownModel.ImageLimits(512, 8, 1 << 20)));

    private volatile List<KnownModel> served = MODELS;

    /** From now on workers serve these of the three. */
    public void serveOnly(String... names) {
        served =
                MODELS.stream()
                        .filter(model -> List.of(names).contains(model.name().value()))
                        .toList();
    }

    private static KnownModel chat(String name) {
        return new KnownModel(
                new ModelName(name),
                KnownModel.Kind.CHAT,
                "for tests",
                CREATED,
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

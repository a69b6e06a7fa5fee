package holt.worker.run;

import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.Edit;
import holt.engine.image.ImageDefaults;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageModelInfo;
import holt.engine.image.ImageRequest;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.PictureKeys;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps requests for pictures to the image engine and back. */
public final class ImageRunner implements ModelRunner {
    private static final Logger LOG = LoggerFactory.getLogger(ImageRunner.class);

    /** How much may change where the client does not say: as diffusers has it. */
    private static final double STRENGTH = 0.8;

    /** How closely an instruction keeps to the source where the client does not say: as diffusers has it. */
    private static final double SOURCE_GUIDANCE = 1.5;

    private final KnownModel model;
    private final ImageEngine engine;
    private final ImageSettings settings;
    private final int slots;
    private final Store store;
    private final ExecutorService encoder;
    private volatile boolean broken;

    /** Where sources come from, and what pictures are called. */
    public record Store(ClaimCheck claims, PictureKeys keys) {}

    /** @param slots jobs that run at once */
    public ImageRunner(
            KnownModel model, ImageEngine engine, ImageSettings settings, int slots, Store store) {
        this.model = model;
        this.engine = engine;
        this.settings = settings;
        this.slots = slots;
        this.store = store;
        encoder =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform()
                                .daemon()
                                .name("encode-" + model.name().value())
                                .factory());
    }

    @Override
    public KnownModel model() {
        return model;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Images images -> start(id, lane, images, replies);
            case Task.Chat _ -> Running.over(OTHER_KIND);
        };
    }

    private Running start(String id, Lane lane, Task.Images wanted, Consumer<Reply> replies) {
        var trouble = new EngineTrouble(() -> broken = true);
        var answer = new ImageAnswer(wanted, store.keys, replies, trouble, encoder);
        Task.Edit edit = wanted.edit();
        if (edit == null) {
            engine.submit(request(id, lane, wanted, null), answer::on);
        } else {
            Thread.startVirtualThread(() -> fetchAndSubmit(id, lane, wanted, edit, answer));
        }
        return new Running(
                answer.outcome(),
                () -> engine.cancel(new RequestId(id)),
                trouble::trace,
                answer::uploads);
    }

    private void fetchAndSubmit(
            String id, Lane lane, Task.Images wanted, Task.Edit edit, ImageAnswer answer) {
        try {
            Edit source = fetch(edit);
            answer.startsFrom(source);
            if (!answer.outcome().isDone()) {
                engine.submit(request(id, lane, wanted, source), answer::on);
            }
        } catch (RuntimeException e) {
            Outcome.Failed failed = UnreadableParts.failure(e);
            LOG.atWarn()
                    .addKeyValue("claim", id)
                    .addKeyValue("retryable", failed.reason().retryable())
                    .setCause(e)
                    .log("a source picture could not be read; it is tried again if that can help");
            answer.outcome().complete(failed);
        }
        if (answer.outcome().isDone()) {
            // Whoever ended it meanwhile could not stop what the engine did not have yet.
            engine.cancel(new RequestId(id));
        }
    }

    private Edit fetch(Task.Edit edit) {
        StoredObject mask = edit.mask();
        boolean partial = mask != null || info().inputs() != ModelInputs.LATENTS;
        Double strength = edit.strength();
        Double guidance = edit.sourceGuidance();
        return new Edit(
                DecodePicture.picture(store.claims.get(edit.source())),
                mask == null ? null : DecodePicture.mask(store.claims.get(mask)),
                strength != null ? strength : partial ? 1 : STRENGTH,
                guidance == null ? SOURCE_GUIDANCE : guidance);
    }

    private ImageRequest request(String id, Lane lane, Task.Images wanted, @Nullable Edit edit) {
        Integer width = wanted.width();
        Integer height = wanted.height();
        RenderSize size =
                width == null || height == null
                        ? RenderSize.of(info().side(), info().side(), info())
                        : RenderSize.of(width, height, info());
        ImageDefaults own = info().defaults();
        return new ImageRequest(
                new RequestId(id),
                wanted.prompt(),
                wanted.negativePrompt(),
                size.width(),
                size.height(),
                wanted.n(),
                firstSaid(wanted.steps(), settings.steps(), own.steps()),
                firstSaid(wanted.guidance(), settings.guidance(), own.guidance()),
                wanted.seed(),
                edit,
                lane.ordinal());
    }

    private static <T> T firstSaid(@Nullable T client, @Nullable T operator, T model) {
        return client != null ? client : operator != null ? operator : model;
    }

    private ImageModelInfo info() {
        return engine.info();
    }

    @Override
    public boolean broken() {
        return broken;
    }

    @Override
    public Duration sinceProgress() {
        return engine.sinceProgress();
    }

    @Override
    public void close() {
        engine.close();
        encoder.shutdownNow();
    }
}

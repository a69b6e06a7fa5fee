package holt.worker.models;

import holt.engine.RequestId;
import holt.engine.diffusion.ModelInputs;
import holt.engine.image.Edit;
import holt.engine.image.ImageDefaults;
import holt.engine.image.ImageEngine;
import holt.engine.image.ImageModelInfo;
import holt.engine.image.ImageRequest;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.Reply;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.store.ClaimCheck;
import holt.store.PictureKeys;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs requests for pictures on an image engine. */
public final class ImageRunner extends EngineRunner<ImageEngine> {
    private static final Logger LOG = LoggerFactory.getLogger(ImageRunner.class);

    /** Strength of an edit if the client names none; diffusers has the same. */
    private static final double STRENGTH = 0.8;

    private static final Outcome.Failed ONE_PICTURE =
            new Outcome.Failed(
                    Failure.UNSUPPORTED_PARAMETER,
                    "image: the model edits one picture at a time",
                    "image");

    /** Guidance by the source picture if the client names none; diffusers has the same. */
    private static final double SOURCE_GUIDANCE = 1.5;

    private final ImageSettings settings;
    private final int slots;
    private final ClaimCheck sources;
    private final PictureKeys keys;
    private final ExecutorService encoder;

    /**
     * @param slots number of jobs that run at once
     * @param sources holds the source pictures of edits
     * @param keys names the finished pictures
     */
    public ImageRunner(
            KnownModel model,
            ImageEngine engine,
            ImageSettings settings,
            int slots,
            ClaimCheck sources,
            PictureKeys keys) {
        super(model, engine);
        this.settings = settings;
        this.slots = slots;
        this.sources = sources;
        this.keys = keys;
        encoder =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform()
                                .daemon()
                                .name("encode-" + model.name().value())
                                .factory());
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Images images -> start(id, lane, images, replies);
            case Task.Chat _, Task.Complete _, Task.Embed _ ->
                    Running.ended(new RunResult(OTHER_KIND));
        };
    }

    private Running start(String id, Lane lane, Task.Images wanted, Consumer<Reply> replies) {
        if (!wanted.needs().isEmpty()) {
            return Running.ended(new RunResult(ONE_PICTURE));
        }
        var events = new MapImageEvents(wanted, keys, replies, failures(), encoder);
        PictureEdit edit = wanted.edit();
        if (edit == null) {
            engine().submit(request(id, lane, wanted, null), events);
        } else {
            Thread.startVirtualThread(() -> fetchAndSubmit(id, lane, wanted, edit, events));
        }
        return new Running(events.result(), () -> engine().cancel(new RequestId(id)));
    }

    private void fetchAndSubmit(
            String id, Lane lane, Task.Images wanted, PictureEdit edit, MapImageEvents events) {
        try {
            Edit source = fetch(edit);
            events.startFrom(source);
            if (!events.result().isDone()) {
                engine().submit(request(id, lane, wanted, source), events);
            }
        } catch (RuntimeException e) {
            Outcome.Failed failed = FetchFailures.outcome(e);
            LOG.atWarn()
                    .addKeyValue("claim", id)
                    .addKeyValue("retryable", failed.reason().retryable())
                    .setCause(e)
                    .log("a source picture could not be read; the job is tried again if retryable");
            events.result().complete(new RunResult(failed));
        }
        if (events.result().isDone()) {
            // An earlier cancel could not stop a request that the engine did not have yet.
            engine().cancel(new RequestId(id));
        }
    }

    private Edit fetch(PictureEdit edit) {
        StoredObject mask = edit.mask();
        boolean partial = mask != null || info().inputs() != ModelInputs.LATENTS;
        Double strength = edit.strength();
        Double guidance = edit.sourceGuidance();
        return new Edit(
                DecodePicture.picture(sources.get(edit.source())),
                mask == null ? null : DecodePicture.mask(sources.get(mask)),
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
                first(wanted.steps(), settings.steps(), own.steps()),
                first(wanted.guidance(), settings.guidance(), own.guidance()),
                wanted.seed(),
                edit,
                lane.ordinal());
    }

    private static <T> T first(@Nullable T client, @Nullable T operator, T model) {
        return client != null ? client : operator != null ? operator : model;
    }

    private ImageModelInfo info() {
        return engine().info();
    }

    @Override
    public void close() {
        super.close();
        encoder.shutdownNow();
    }
}

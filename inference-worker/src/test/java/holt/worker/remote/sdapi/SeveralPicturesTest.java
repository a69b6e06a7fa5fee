package holt.worker.remote.sdapi;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Lane;
import holt.protocol.Outcome;
import holt.protocol.PictureEdit;
import holt.protocol.StoredObject;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import holt.worker.models.PictureFiles;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.RemoteEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SeveralPicturesTest {
    @Test
    @DisplayName("R135: several pictures are refused by the field's name")
    void severalPicturesAreRefused() throws Exception {
        var found = new ArrayList<ModelRunner>();
        var claims = new ClaimCheck(new InMemoryObjectStore(), () -> TestJobs.NOW);
        var picture = new StoredObject("k", 1, "00");
        var task =
                TestJobs.IMAGES.edited(
                        new PictureEdit(picture, List.of(picture), null, null, null), null, null);
        var fake = new FakeSdApi();
        var settings = EngineSettings.at(fake.url(), EngineSettings.Kind.SDAPI);
        var files = new PictureFiles(claims, new PictureKeys(() -> TestJobs.NOW));
        try (fake;
                var engine = new RemoteEngine(settings, new SdApi(settings, files), found::add)) {
            engine.check();

            var failed =
                    (Outcome.Failed)
                            found.getFirst()
                                    .start("a", Lane.NORMAL, task, _ -> {})
                                    .result()
                                    .get(30, TimeUnit.SECONDS)
                                    .outcome();

            assertThat(failed.param()).isEqualTo("image");
            assertThat(found.getFirst().model().abilities()).isEmpty();
        }
    }
}

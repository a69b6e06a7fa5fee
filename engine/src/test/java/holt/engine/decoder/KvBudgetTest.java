package holt.engine.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.UnloadableModelException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KvBudgetTest {
    private static final long MIB = 1 << 20;

    @Test
    void aCacheGetsAShareOfWhatTheWeightsLeave() {
        assertThat(budget("cpu").grant(MIB, 0)).isEqualTo(400 * MIB);
        assertThat(budget("cuda:0").grant(MIB, 0)).isEqualTo(720 * MIB);
    }

    @Test
    void whatIsAskedForIsTheLimitAsFarAsThereIsRoom() {
        assertThat(budget("cpu").grant(MIB, 100 * MIB)).isEqualTo(100 * MIB);
        assertThat(budget("cpu").grant(MIB, 700 * MIB)).isEqualTo(700 * MIB);
        assertThat(budget("cpu").grant(MIB, 5000 * MIB)).isEqualTo(800 * MIB);
    }

    @Test
    void theLeastIsGrantedWhereverItFits() {
        assertThat(budget("cpu").grant(800 * MIB, 0)).isEqualTo(800 * MIB);
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithWhatItNeedsAndWhatThereIs() {
        assertThatThrownBy(() -> budget("cpu").grant(801 * MIB, 1))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessage(
                        "m: the model needs 1,001.0 MiB of memory, 200.0 MiB for its weights and 801.0 MiB for the key/value cache"
                                + " of one short chat; cpu has 1,000.0 MiB left");
    }

    @Test
    void aDeviceThatReportsNoFreeMemoryGivesWhatIsAskedFor() {
        var unknown = new KvBudget("m", "cuda:0", OptionalLong.empty(), 200 * MIB);

        assertThat(unknown.grant(MIB, 7 * MIB)).isEqualTo(7 * MIB);
        assertThatThrownBy(() -> unknown.grant(MIB, 0))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("cuda:0 does not report its free memory");
    }

    private static KvBudget budget(String device) {
        return new KvBudget("m", device, OptionalLong.of(1000 * MIB), 200 * MIB);
    }
}

package holt.api.controls;

import holt.protocol.ModelName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The models whose jobs wait because an operator wants it. */
@Component
public final class PausedModels implements ReadControls {
    private final Map<ModelName, Control.Pause> pauses = new ConcurrentHashMap<>();

    @Override
    public void apply(Control control) {
        switch (control) {
            case Control.Pause pause -> pauses.put(pause.model(), pause);
            case Control.Resume(ModelName model) -> pauses.remove(model);
            case Control.CancelWaiting _ -> {}
        }
    }

    public Control.@Nullable Pause find(ModelName model) {
        return pauses.get(model);
    }

    public boolean contains(ModelName model) {
        return pauses.containsKey(model);
    }

    /** By the models' names. */
    public List<Control.Pause> all() {
        return pauses.values().stream()
                .sorted(Comparator.comparing(pause -> pause.model().value()))
                .toList();
    }
}

package holt.api.models;

import holt.api.keys.Caller;
import holt.api.keys.Limits;
import holt.protocol.KnownModel;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The models that a caller may use. To the caller, the others do not exist. */
public final class VisibleModels implements ModelCatalog {
    private final ModelCatalog all;
    private final Predicate<KnownModel> passes;

    private VisibleModels(ModelCatalog all, Limits limits) {
        this.all = all;
        this.passes = model -> limits.allows(model.name());
    }

    public static ModelCatalog to(Caller caller, ModelCatalog all) {
        return caller.limits().models() == null ? all : new VisibleModels(all, caller.limits());
    }

    @Override
    public List<KnownModel> list() {
        return all.list().stream().filter(passes).toList();
    }

    @Override
    public List<KnownModel> served() {
        return all.served().stream().filter(passes).toList();
    }

    @Override
    public Map<String, KnownModel> aliases() {
        return all.aliases().entrySet().stream()
                .filter(alias -> passes.test(alias.getValue()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public KnownModel find(String name) {
        KnownModel model = all.find(name);
        if (!passes.test(model)) {
            throw FindModel.unknown();
        }
        return model;
    }
}

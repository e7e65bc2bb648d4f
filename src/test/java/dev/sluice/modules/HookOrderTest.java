package dev.sluice.modules;

import dev.sluice.Golden;
import dev.sluice.module.HttpdModule;
import dev.sluice.request.Hooks;
import dev.sluice.request.Phase;
import org.junit.jupiter.api.Test;

class HookOrderTest {
    @Test
    void hooksRunInTheApprovedOrder() {
        Hooks hooks = new Hooks();
        for (HttpdModule module : AllModules.create()) {
            module.hooks(hooks.of(module.id()));
        }

        StringBuilder order = new StringBuilder();
        for (Phase phase : Phase.values()) {
            order.append(phase).append('\n');
            hooks.modules(phase).forEach(id -> order.append("    ").append(id).append('\n'));
        }

        Golden.assertSame("src/test/resources/dev/sluice/modules/hooks.txt", order.toString());
    }
}

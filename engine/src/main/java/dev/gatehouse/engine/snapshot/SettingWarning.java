package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;

/// What a plug-in has to say of a setting that is no mistake.
///
/// @param path of the setting: `security.authorization.rbac_enabled`
/// @param sentence for the user
record SettingWarning(String path, String sentence) {
    Diagnostic diagnostic(Loaded loaded) {
        Span place = loaded.place(path);
        return Diagnostic.warning(Code.GH2211, place == null ? loaded.document().span() : place, sentence)
                .path(path)
                .build();
    }
}

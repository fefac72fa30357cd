package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the section `stores`. What a rule does while a store is down stands with every type of store.
final class StoreReader {
    private static final String ON_STORE_DOWN = "on_store_down";
    private static final NodePath SECTION = NodePath.ROOT.key("stores");

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final KindReader kinds;

    StoreReader(Decoder decoder, Diagnostics diagnostics, Extensions extensions) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
        for (StoreFactory<?> factory : extensions.stores()) {
            types.put(factory.type(), factory.configType());
        }
        this.kinds = new KindReader(decoder, diagnostics, "store", types);
    }

    /// By name, in the order of the file.
    Map<String, StoreSetting> read(Node.Mapping section) {
        Map<String, StoreSetting> stores = new LinkedHashMap<>();
        Node.Entry memory = section.entry(StoreSetting.MEMORY);
        if (memory != null) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1305, memory.key().span(), "'memory' is the gateway's own memory and always there")
                    .path(SECTION.key(StoreSetting.MEMORY).toString())
                    .help("call this store otherwise"));
        }
        List<Node.Entry> entries = section.entries().stream()
                .filter(entry -> !entry.name().equals(StoreSetting.MEMORY))
                .toList();
        kinds.read(entries, SECTION, List.of(ON_STORE_DOWN), entry -> {
            OnStoreDown down = onStoreDown(entry);
            if (down != null) {
                stores.put(entry.name(), new StoreSetting(entry.name(), entry.type(), entry.config(), down));
            }
        });
        return stores;
    }

    /// Null for a mistake, which was reported.
    private @Nullable OnStoreDown onStoreDown(KindReader.Entry entry) {
        Node written = entry.node() instanceof Node.Mapping mapping ? mapping.get(ON_STORE_DOWN) : null;
        if (written == null) {
            return OnStoreDown.LOCAL_SHARE;
        }
        NodePath path = SECTION.key(entry.name()).key(ON_STORE_DOWN);
        String word = decoder.text(written, path);
        if (word == null) {
            return null;
        }
        List<String> words = Arrays.stream(OnStoreDown.values())
                .map(down -> down.name().toLowerCase(Locale.ROOT))
                .toList();
        if (words.contains(word)) {
            return OnStoreDown.valueOf(word.toUpperCase(Locale.ROOT));
        }
        diagnostics.add(Diagnostic.error(
                        Code.GH1305,
                        written.span(),
                        "'on_store_down' is one of " + String.join(", ", words) + ", not '" + word + "'")
                .path(path.toString())
                .label(Suggestions.question(Suggestions.nearest(word, words))));
        return null;
    }
}

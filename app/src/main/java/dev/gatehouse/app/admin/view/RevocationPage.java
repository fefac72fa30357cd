package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some of what was revoked: tokens, then subjects, each by the alphabet.
///
/// @param stores that are asked who was revoked; empty when the configuration has no list
/// @param complete false when there are too many to look at all: ask for those that begin in some way
/// @param next the `cursor` of the following page, null on the last one
public record RevocationPage(
        List<RevocationStatus> revocations,
        List<String> stores,
        boolean complete,
        @Nullable String next) {
    public RevocationPage {
        revocations = List.copyOf(revocations);
        stores = List.copyOf(stores);
    }
}

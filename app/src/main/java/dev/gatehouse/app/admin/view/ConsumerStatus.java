package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One consumer.
///
/// @param source whether it stands in the file or was made while the gateway runs
/// @param contact whom to write to about it
/// @param at where it is written: `gateway.yaml:41:3`; null for one that stands in no file
/// @param requests its keys were good for, on this gateway since it started
public record ConsumerStatus(
        String name,
        Source source,
        @Nullable String plan,
        @Nullable String contact,
        List<String> groups,
        List<String> roles,
        @Nullable String at,
        long requests,
        List<KeyStatus> keys) {
    public ConsumerStatus {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
        keys = List.copyOf(keys);
    }
}

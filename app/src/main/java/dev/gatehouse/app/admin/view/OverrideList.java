package dev.gatehouse.app.admin.view;

import java.util.List;

/// Everything that differs from the files.
public record OverrideList(List<RuntimeOverride> overrides) {}

package dev.gatehouse.app.admin.view;

import java.util.List;

/// All services, in the order of the file.
public record ServiceList(List<ServiceStatus> services) {}

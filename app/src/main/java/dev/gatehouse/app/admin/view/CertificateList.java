package dev.gatehouse.app.admin.view;

import java.util.List;

/// All certificates that clients are shown, in the order of the listeners.
public record CertificateList(List<CertificateStatus> certificates) {}

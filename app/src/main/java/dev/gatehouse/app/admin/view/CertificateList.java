package dev.gatehouse.app.admin.view;

import java.util.List;

/// The certificates of the listeners.
///
/// @param obtained those that the gateway gets by itself
public record CertificateList(List<ObtainedCertificate> obtained) {
    public CertificateList {
        obtained = List.copyOf(obtained);
    }
}

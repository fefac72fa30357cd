package dev.gatehouse.app.admin.view;

import java.util.List;

/// The certificates of the listeners.
///
/// @param certificates all that clients are shown, in the order of the listeners
/// @param obtained how those stand that the gateway gets by itself
public record CertificateList(List<CertificateStatus> certificates, List<ObtainedCertificate> obtained) {
    public CertificateList {
        certificates = List.copyOf(certificates);
        obtained = List.copyOf(obtained);
    }
}

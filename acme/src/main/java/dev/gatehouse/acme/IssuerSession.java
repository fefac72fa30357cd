package dev.gatehouse.acme;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.ExternalAccountConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Account;
import org.shredzone.acme4j.AccountBuilder;
import org.shredzone.acme4j.Login;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.exception.AcmeException;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/// What is spoken with an issuer for one order: its connections end with it.
final class IssuerSession implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final AcmeConfig config;
    private final HttpClient client;
    private final Session session;

    /// @throws AcmeException when `ca` cannot be read
    IssuerSession(AcmeConfig config) throws AcmeException {
        this.config = config;
        this.client = client(config.ca());
        this.session = new Session(URI.create(config.directory()), new GenericAcmeProvider() {
            @Override
            public HttpClient createHttpClient(NetworkSettings settings) {
                return client;
            }
        });
    }

    private static HttpClient client(@Nullable FileContent ca) throws AcmeException {
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        if (ca != null) {
            try {
                builder.sslContext(trusting(ca));
            } catch (GeneralSecurityException | IOException e) {
                throw new AcmeException("ca: " + ca.name() + " cannot be read: " + e.getMessage(), e);
            }
        }
        return builder.build();
    }

    /// Believes these and nobody else: a private issuer is not vouched for by public ones.
    private static SSLContext trusting(FileContent ca) throws GeneralSecurityException, IOException {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        int i = 0;
        for (Certificate root :
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(ca.octets()))) {
            roots.setCertificateEntry("ca" + i, root);
            i++;
        }
        if (i == 0) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /// The account of this key: the issuer finds it by the key (RFC 8555 §7.3.1), or makes it. Its contact becomes what
    /// the configuration says.
    Login login(KeyPair key) throws AcmeException {
        String email = config.email();
        AccountBuilder builder = new AccountBuilder().agreeToTermsOfService().useKeyPair(key);
        if (email != null) {
            builder.addEmail(email);
        }
        ExternalAccountConfig external = config.externalAccount();
        if (external != null) {
            builder.withKeyIdentifier(external.id(), external.key());
        }
        Login login = builder.createLogin(session);
        if (email != null) {
            tellContact(login.getAccount(), URI.create("mailto:" + email));
        }
        return login;
    }

    /// An account that was there keeps the contact it had, unless it is told.
    private static void tellContact(Account account, URI contact) throws AcmeException {
        List<URI> known = account.getContacts();
        if (!known.isEmpty() && !known.equals(List.of(contact))) {
            Account.EditableAccount edit = account.modify();
            edit.getContacts().clear();
            edit.getContacts().add(contact);
            edit.commit();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}

package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.CertificateStatus;
import dev.gatehouse.app.admin.view.ConfigStatus;
import dev.gatehouse.app.admin.view.EffectiveConfig;
import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.Health;
import dev.gatehouse.app.admin.view.ObtainedCertificate;
import dev.gatehouse.app.admin.view.RouteList;
import dev.gatehouse.app.admin.view.RuntimeOverride;
import dev.gatehouse.app.admin.view.ServiceStatus;
import dev.gatehouse.app.admin.view.TraceToken;
import dev.gatehouse.engine.consumer.RevocationDesk;
import dev.gatehouse.engine.explain.Question;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The gateway as the admin API sees it.
///
/// Called by several virtual threads at the same time. Nothing here may wait for an event loop: these answers are
/// asked for just when a loop is stuck. What was changed here is seen by the next call, even where loops learn of
/// it later.
public interface RunningGateway {
    /// Cheap: probes ask every few seconds.
    Health health();

    ConfigStatus config();

    EffectiveConfig effectiveConfig();

    RouteList routes();

    /// In the order of the file.
    List<ServiceStatus> services();

    /// What clients are shown, in the order of the listeners.
    List<CertificateStatus> certificates();

    /// Every figure, as of now. Not cheap: asked once in some seconds.
    List<MetricFamily> metrics();

    /// Sends no new requests to an instance; those under way end as they would. Draining a drained instance
    /// changes when that ends.
    ///
    /// @param address as [dev.gatehouse.app.admin.view.InstanceStatus#address()] says it
    /// @param time after which it takes requests again; null: until [#restore]
    /// @return empty when there is no such instance (any more)
    Optional<RuntimeOverride> drain(String service, String address, @Nullable Duration time);

    /// Takes a [#drain] back. Nothing happens to an instance that is not drained.
    ///
    /// @return whether there is such an instance
    boolean restore(String service, String address);

    List<RuntimeOverride> overrides();

    /// In the order of the listeners.
    List<ObtainedCertificate> obtainedCertificates();

    /// Consumers, plans and keys, as of now.
    Customers customers();

    /// Tokens that are void before their time, in the stores that authentications ask now.
    RevocationDesk revocations();

    /// What would be done with this request; nobody is called, and nothing is counted.
    ///
    /// @throws IllegalArgumentException with a sentence, when it cannot be asked
    Explanation explain(Question question);

    /// The requests that ended last.
    RecentRequests recent();

    /// Makes what the configuration has from the environment or from files unreadable in a text.
    UnaryOperator<String> mask();

    /// A new token that has the requests it comes with written down.
    TraceToken traceToken(Duration time);
}

package dev.gatehouse.app.admin;

import java.util.List;

/// Something the admin API knows under a path. From its answers here come the routing, the refusals (405, 413,
/// 415, unknown parameters, missing scopes), the log's lines of who changed what, and the OpenAPI document.
interface Resource {
    /// `/api/v1/services/{service}`: a name between braces stands for one segment.
    String path();

    /// One for each method. Who has GET has HEAD too.
    List<Operation> operations();

    /// Whether it is answered without a token, so that a load balancer can ask. It must then tell nothing to a
    /// request that is not [AdminRequest#trusted].
    default boolean isProbe() {
        return false;
    }
}

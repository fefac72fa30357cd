package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.RequestEntry;

/// Hears of the requests of a running gateway as they end.
interface RequestEvents {
    /// @return whether to go on
    boolean request(RequestEntry request);

    /// So many came too fast to be told one by one.
    void missed(long requests);
}

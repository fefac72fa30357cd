package dev.gatehouse.app.admin.view;

import java.util.List;

/// All plans, in the order of the file.
public record PlanList(List<PlanStatus> plans) {
    public PlanList {
        plans = List.copyOf(plans);
    }
}

package dev.gatehouse.engine.service;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The instances a request may go to just now. Immutable; worked out anew whenever something changes about one of
/// them, so that choosing is arithmetic over a list that needs no further question.
///
/// In this order, the first that has anybody: primaries in good standing; backups in good standing; who is on trial;
/// who is ejected. Who is down or drained is never among them: when all are, there is nobody.
public final class Candidates {
    static final Candidates NONE = new Candidates(List.of(), null, Long.MAX_VALUE >> 1);

    private final Instance[] instances;
    private final @Nullable Candidates reserve;
    private final long until;
    private final int totalWeight;
    private final boolean evenWeights;

    private Candidates(List<Instance> instances, @Nullable Candidates reserve, long until) {
        this.instances = instances.toArray(Instance[]::new);
        this.reserve = reserve;
        this.until = until;
        this.totalWeight = instances.stream().mapToInt(Instance::weight).sum();
        this.evenWeights =
                instances.stream().mapToInt(Instance::weight).distinct().count() <= 1;
    }

    /// For tests and for whoever has a list that is fine as it is.
    public static Candidates of(List<Instance> instances) {
        return new Candidates(instances, null, Long.MAX_VALUE >> 1);
    }

    /// Who may be used of `all` at `now`.
    static Candidates among(List<Instance> all, long now) {
        long until = now + (Long.MAX_VALUE >> 1);
        List<Instance> willing = new ArrayList<>(all.size());
        for (Instance instance : all) {
            InstanceState state = instance.state();
            state.lapse(now);
            until = earlier(until, state);
            if (state.health() != InstanceState.Health.DOWN && state.drain() == null) {
                willing.add(instance);
            }
        }
        List<Instance> good = filter(willing, instance -> isIn(instance.state().ejection()));
        List<Instance> backups = filter(good, Instance::isBackup);
        List<Instance> primaries = filter(good, instance -> !instance.isBackup());
        if (!primaries.isEmpty()) {
            return new Candidates(primaries, backups.isEmpty() ? null : new Candidates(backups, null, until), until);
        }
        if (!backups.isEmpty()) {
            return new Candidates(backups, null, until);
        }
        List<Instance> tried =
                filter(willing, instance -> isTried(instance.state().ejection()));
        return new Candidates(tried.isEmpty() ? willing : tried, null, until);
    }

    private static long earlier(long until, InstanceState state) {
        long first = until;
        Ejection out = state.ejection();
        if (out != null && out.phase() == Ejection.Phase.OUT && out.until() - first < 0) {
            first = out.until();
        }
        InstanceState.Drain drain = state.drain();
        if (drain != null && drain.ends() && drain.until() - first < 0) {
            first = drain.until();
        }
        return first;
    }

    private static boolean isIn(@Nullable Ejection ejection) {
        return ejection == null || ejection.phase() == Ejection.Phase.TRIAL;
    }

    private static boolean isTried(@Nullable Ejection ejection) {
        return ejection != null && ejection.phase() == Ejection.Phase.TRYING;
    }

    private static List<Instance> filter(List<Instance> from, Predicate<Instance> which) {
        return from.stream().filter(which).toList();
    }

    public int size() {
        return instances.length;
    }

    public boolean isEmpty() {
        return instances.length == 0;
    }

    public Instance get(int i) {
        return instances[i];
    }

    /// Who is left when all of these have been tried in vain; null when nobody is.
    public @Nullable Candidates reserve() {
        return reserve;
    }

    /// The sum of all weights.
    public int totalWeight() {
        return totalWeight;
    }

    /// Whether all weights are the same.
    public boolean hasEvenWeights() {
        return evenWeights;
    }

    /// Whether time alone has not changed anything.
    boolean isValid(long now) {
        return now - until < 0;
    }
}

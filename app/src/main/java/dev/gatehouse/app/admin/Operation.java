package dev.gatehouse.app.admin;

import dev.gatehouse.engine.config.AdminScope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One method of a resource.
///
/// @param opens with any of these scopes it may be called
/// @param parameters those that may stand in the query; any other is refused
/// @param accepts the record its JSON body is described by, null when it takes no body
/// @param answers the record it answers with; `String` for text
/// @param mediaType of what it answers
record Operation(
        String method,
        String summary,
        Set<AdminScope> opens,
        List<Parameter> parameters,
        @Nullable Class<? extends Record> accepts,
        Class<?> answers,
        String mediaType,
        Call call) {
    Operation {
        opens = Collections.unmodifiableSet(EnumSet.copyOf(opens));
        parameters = List.copyOf(parameters);
    }

    record Parameter(String name, String description) {}

    @FunctionalInterface
    interface Call {
        AdminAnswer answer(AdminRequest request);
    }

    /// @param part whose holders may look as well as those who may read everything
    static Operation get(AdminScope part, String summary, Class<?> answers, Call call) {
        return new Operation("GET", summary, reading(part), List.of(), null, answers, AdminAnswer.JSON, call);
    }

    /// Answers with text that is not JSON.
    static Operation getText(AdminScope part, String summary, String mediaType, Call call) {
        return new Operation("GET", summary, reading(part), List.of(), null, String.class, mediaType, call);
    }

    /// Changes nothing: a question that is too long, or too secret, for a path.
    static Operation ask(
            AdminScope part, String summary, Class<? extends Record> accepts, Class<?> answers, Call call) {
        return new Operation("POST", summary, reading(part), List.of(), accepts, answers, AdminAnswer.JSON, call);
    }

    /// @param needed the scope it takes; reading is not enough
    static Operation post(
            AdminScope needed, String summary, Class<? extends Record> accepts, Class<?> answers, Call call) {
        return new Operation("POST", summary, Set.of(needed), List.of(), accepts, answers, AdminAnswer.JSON, call);
    }

    /// @param needed the scope it takes; reading is not enough
    static Operation patch(
            AdminScope needed, String summary, Class<? extends Record> accepts, Class<?> answers, Call call) {
        return new Operation("PATCH", summary, Set.of(needed), List.of(), accepts, answers, AdminAnswer.JSON, call);
    }

    /// @param needed the scope it takes; reading is not enough
    static Operation delete(AdminScope needed, String summary, Class<?> answers, Call call) {
        return new Operation("DELETE", summary, Set.of(needed), List.of(), null, answers, AdminAnswer.JSON, call);
    }

    private static Set<AdminScope> reading(AdminScope part) {
        return EnumSet.of(AdminScope.READ, part);
    }

    Operation taking(Parameter... query) {
        return new Operation(method, summary, opens, List.of(query), accepts, answers, mediaType, call);
    }

    /// Whether something is another than before when it was called.
    boolean changes() {
        return !opens.contains(AdminScope.READ);
    }

    boolean takes(String parameter) {
        return parameters.stream().anyMatch(known -> known.name().equals(parameter));
    }

    boolean serves(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}

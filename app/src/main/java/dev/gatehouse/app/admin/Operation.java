package dev.gatehouse.app.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One method of a resource.
///
/// @param parameters those that may stand in the query; any other is refused
/// @param accepts the record its JSON body is described by, null when it takes no body
/// @param answers the record it answers with; `String` for text
/// @param mediaType of what it answers
record Operation(
        String method,
        String summary,
        List<Parameter> parameters,
        @Nullable Class<? extends Record> accepts,
        Class<?> answers,
        String mediaType,
        Call call) {
    Operation {
        parameters = List.copyOf(parameters);
    }

    record Parameter(String name, String description) {}

    @FunctionalInterface
    interface Call {
        AdminAnswer answer(AdminRequest request);
    }

    static Operation get(String summary, Class<?> answers, Call call) {
        return new Operation("GET", summary, List.of(), null, answers, AdminAnswer.JSON, call);
    }

    /// Answers with text that is not JSON.
    static Operation getText(String summary, String mediaType, Call call) {
        return new Operation("GET", summary, List.of(), null, String.class, mediaType, call);
    }

    static Operation post(String summary, Class<? extends Record> accepts, Class<?> answers, Call call) {
        return new Operation("POST", summary, List.of(), accepts, answers, AdminAnswer.JSON, call);
    }

    static Operation patch(String summary, Class<? extends Record> accepts, Class<?> answers, Call call) {
        return new Operation("PATCH", summary, List.of(), accepts, answers, AdminAnswer.JSON, call);
    }

    static Operation delete(String summary, Class<?> answers, Call call) {
        return new Operation("DELETE", summary, List.of(), null, answers, AdminAnswer.JSON, call);
    }

    Operation taking(Parameter... query) {
        return new Operation(method, summary, List.of(query), accepts, answers, mediaType, call);
    }

    boolean takes(String parameter) {
        return parameters.stream().anyMatch(known -> known.name().equals(parameter));
    }

    boolean serves(String asked) {
        return method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}

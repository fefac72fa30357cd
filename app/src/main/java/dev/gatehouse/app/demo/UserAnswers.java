package dev.gatehouse.app.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `GET /users/{id}`: three people, `u1` to `u3`.
final class UserAnswers implements DemoAnswers {
    private record User(String id, String name, String city, String role) {}

    private static final List<User> USERS = List.of(
            new User("u1", "Alice Martin", "Lisbon", "customer"),
            new User("u2", "Sam Okoro", "Dublin", "support"),
            new User("u3", "Noor Haddad", "Utrecht", "admin"));

    @Override
    public DemoAnswer answer(DemoRequest request) {
        String id = request.segmentAfter("/users/");
        if (id == null) {
            return DemoAnswer.refusal(404, "user-service knows /users/{id}");
        }
        if (!request.isOneOf("GET", "HEAD")) {
            return DemoAnswer.notAllowed("GET, HEAD");
        }
        return USERS.stream()
                .filter(user -> user.id.equals(id))
                .findFirst()
                .map(user -> DemoAnswer.ok(fields(user)))
                .orElseGet(() -> DemoAnswer.refusal(404, "no user " + id + "; there are u1, u2 and u3"));
    }

    private static Map<String, Object> fields(User user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("user", user.id);
        fields.put("name", user.name);
        fields.put("city", user.city);
        fields.put("role", user.role);
        return fields;
    }
}

package dev.gatehouse.engine.target.respond;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.config.JsonText;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.Template.Use;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.target.AnsweringTarget;
import dev.gatehouse.engine.target.TargetClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Answers with what the configuration says, filled in with facts of the request. Immutable, and shared by all loops.
///
/// Values are encoded for the type of the body; into a type for which that is not known none can be inserted. A
/// file is sent as it is.
public final class RespondTarget extends AnsweringTarget {
    private record Field(HeaderName name, Template value) {}

    private final int status;
    private final List<Field> fields;
    private final @Nullable Body fixed;
    private final @Nullable Template template;
    private final Use use;

    private RespondTarget(int status, List<Field> fields, @Nullable Body fixed, @Nullable Template template, Use use) {
        this.status = status;
        this.fields = List.copyOf(fields);
        this.fixed = fixed;
        this.template = template;
        this.use = use;
    }

    /// @param file what is in the file the configuration names; null when it names none
    /// @throws IllegalArgumentException with a sentence for the user
    public static RespondTarget of(RespondConfig config, byte @Nullable [] file) {
        List<Field> fields = new ArrayList<>();
        String type = null;
        for (Map.Entry<String, String> header : config.headers().entrySet()) {
            Field field = new Field(HeaderName.of(header.getKey()), Template.parse(header.getValue()));
            fields.add(field);
            if (field.name().equals(HeaderName.CONTENT_TYPE)) {
                type = constant(field.value());
            }
        }
        String usual = usualType(config);
        if (type == null && usual != null) {
            fields.addFirst(new Field(HeaderName.CONTENT_TYPE, Template.parse(usual)));
        }
        if (file != null) {
            return new RespondTarget(config.status(), fields, new Body.Bytes(file), null, Use.PLAIN);
        }
        Template body = template(config);
        if (body == null || body.isConstant()) {
            Body text = body == null ? Body.EMPTY : Body.of(body.fill(nothing -> null, Use.PLAIN));
            return new RespondTarget(config.status(), fields, text, null, Use.PLAIN);
        }
        String said = type == null ? MediaTypes.TEXT : type;
        Use use = config.json() != null ? Use.JSON : MediaTypes.use(said);
        if (use == null) {
            throw new IllegalArgumentException(
                    "body: values of the request can be inserted into plain text, JSON, HTML and" + " XML, not into "
                            + said);
        }
        return new RespondTarget(config.status(), fields, null, body, use);
    }

    private static String constant(Template type) {
        if (!type.isConstant()) {
            throw new IllegalArgumentException(
                    "headers.Content-Type: the request cannot say what type the answer is; write the type");
        }
        return type.fill(nothing -> null, Use.HEADER);
    }

    private static @Nullable String usualType(RespondConfig config) {
        if (config.json() != null) {
            return MediaTypes.JSON;
        }
        String file = config.file();
        if (file != null) {
            return MediaTypes.ofFile(file);
        }
        return config.body() == null ? null : MediaTypes.TEXT;
    }

    private static @Nullable Template template(RespondConfig config) {
        JsonText json = config.json();
        if (json != null) {
            return Template.parseJson(json.text());
        }
        String text = config.body();
        return text == null ? null : Template.parse(text);
    }

    @Override
    protected void answer(TargetClient client) {
        client.respond(response(client.facts()));
    }

    private Response response(Facts facts) {
        Response response = Response.of(status, body(facts));
        for (Field field : fields) {
            response.add(field.name(), field.value().fill(facts, Use.HEADER));
        }
        return response;
    }

    private Body body(Facts facts) {
        if (template != null) {
            return Body.of(template.fill(facts, use));
        }
        return fixed == null ? Body.EMPTY : fixed;
    }

    @Override
    public String toString() {
        return "respond " + status;
    }
}

package dev.gatehouse.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record as a section of the configuration file: each component is a key, written in `snake_case`, and
/// has a [Setting]. A component may be an `int`, `long`, `boolean`, `String`, `Duration`, [JsonText],
/// [FileContent], an enum, another such record, a `List` of these or a `Map<String, …>` to these, and `@Nullable`
/// where the user may leave it out (then `Integer`, `Long`, `Boolean`).
///
/// A record with a public static method `of`, whose one parameter is an `int`, a `long` (then a size: `10MiB`), a
/// `String`, a `Duration`, an enum, a `List` or a `Map<String, …>`, may also be written as that:
/// `load_balancer: round_robin` is `LoadBalancerConfig.of(ROUND_ROBIN)`. Such a record needs no `@Settings` when
/// that is the only way to write it. An [IllegalArgumentException] of `of` or of the constructor is shown to the
/// user at the place in the file, so its message is a sentence for the user; one that begins with `key: ` is shown
/// at that key.
///
/// ```java
/// @Settings(value = "What one client may ask of a listener.", name = "listener.limits")
/// public record LimitsConfig(
///         @Setting(value = "Header lines of one request; more are answered 431.", byDefault = "100", min = "1")
///         int maxHeaders) {}
/// ```
///
/// Checked when compiled by the processor of the `schema` module, read by the decoder when the gateway starts.
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Settings {

    /// One sentence for the user: what the section is for.
    String value();

    /// The section's own name, unique among all: words in `snake_case` joined by dots.
    String name();
}

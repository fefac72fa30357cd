package dev.gatehouse.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one key of a [Settings] record. Default and bounds are written as the user would write them: `64KiB`,
/// `30s`, `100`, `true`. A number with a bound or default in bytes is a size.
///
/// For a number, size or time that is `@Nullable` the default may be a word instead, such as `auto`, which gives null;
/// for a list `none`, which gives an empty one. The user may then write that word too. Only 0 needs no unit; but a
/// size with no other bound or default says `0B`, to be known as one.
///
/// A key with neither a default nor `@Nullable` must be written, except a list or map (empty unless `min` says
/// otherwise) and a section that can do without all its keys.
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /// One line: what it does for the user, its unit, its limits.
    String value();

    /// What holds when the user writes nothing; entries of a list are separated by commas. Empty: no default.
    String byDefault() default "";

    /// The least value, inclusive; for a list or map, the least number of entries. Empty: no bound.
    String min() default "";

    /// The greatest value, inclusive; for a list or map, the greatest number of entries. Empty: no bound.
    String max() default "";
}

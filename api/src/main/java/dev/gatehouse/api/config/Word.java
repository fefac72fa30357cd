package dev.gatehouse.api.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// How users write a constant of an enum that is the type of a [Setting], where Java cannot name it so. Messages and
/// the reference tell this word; the constant's own name in lower case is understood as well.
///
/// ```java
/// enum Format { JSON, @Word("problem+json") PROBLEM }      // json, problem+json (or problem)
/// ```
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Word {

    String value();
}

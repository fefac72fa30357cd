package dev.gatehouse.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/// Each test of the class must end as it began: see [CleanEnd]. Such a class never runs beside another.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Isolated("it compares sockets, threads and memory of the whole JVM")
@ExtendWith(CleanEnd.class)
public @interface LeavesNothingBehind {}

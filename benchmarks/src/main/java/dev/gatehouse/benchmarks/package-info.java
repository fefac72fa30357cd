/// JMH benchmarks of what every request passes through. Run with `mvn -pl benchmarks -am package`, then
/// `java -cp <class path> org.openjdk.jmh.Main HeadParse`. An optimisation brings its numbers from here.
@NullMarked
package dev.gatehouse.benchmarks;

import org.jspecify.annotations.NullMarked;

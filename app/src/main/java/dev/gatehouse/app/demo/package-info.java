/// The demo: three services inside this process, the gateway file in front of them, and what gives it life. Nobody but
/// the `demo` commands uses it.
///
/// A service more is one class that [answers][dev.gatehouse.app.demo.DemoAnswers], a line in
/// [dev.gatehouse.app.demo.DemoServices] and a few lines in the `gateway.yaml` beside the classes.
@NullMarked
package dev.gatehouse.app.demo;

import org.jspecify.annotations.NullMarked;

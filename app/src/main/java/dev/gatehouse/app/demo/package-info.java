/// The service behind `gatehouse demo`: runs in this process, so that the first try needs nothing else.
@NullMarked
package dev.gatehouse.app.demo;

import org.jspecify.annotations.NullMarked;

/// The program: the command line and what it wires together.
@NullMarked
package dev.gatehouse.app;

import org.jspecify.annotations.NullMarked;

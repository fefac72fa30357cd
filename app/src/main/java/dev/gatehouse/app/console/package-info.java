/// What a running gateway says on its console besides its banner: one line for each request, in colour on a terminal.
@NullMarked
package dev.gatehouse.app.console;

import org.jspecify.annotations.NullMarked;

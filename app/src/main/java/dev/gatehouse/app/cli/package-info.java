/// The command line: one class per command. Exit codes: 0 fine, 1 error, 2 not as it should be, 64 wrong usage.
@NullMarked
package dev.gatehouse.app.cli;

import org.jspecify.annotations.NullMarked;

/// The command line: one class per command. Exit codes: 0 fine, 1 error, 64 wrong usage.
@NullMarked
package dev.gatehouse.app.cli;

import org.jspecify.annotations.NullMarked;

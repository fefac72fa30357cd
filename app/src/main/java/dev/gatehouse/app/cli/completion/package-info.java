/// Scripts that make shells complete the command line, for the shells picocli has none for.
@NullMarked
package dev.gatehouse.app.cli.completion;

import org.jspecify.annotations.NullMarked;

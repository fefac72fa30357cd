/// What `gatehouse help` tells about the codes that people meet: mistakes in a configuration, and answers the gateway
/// makes itself. The pages of the reference come from here too.
@NullMarked
package dev.gatehouse.app.help;

import org.jspecify.annotations.NullMarked;

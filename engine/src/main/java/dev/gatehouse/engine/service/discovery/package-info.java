/// Where the instances of a service are: names are looked up again and again, as their TTL says, never on the path of
/// a request.
@NullMarked
package dev.gatehouse.engine.service.discovery;

import org.jspecify.annotations.NullMarked;

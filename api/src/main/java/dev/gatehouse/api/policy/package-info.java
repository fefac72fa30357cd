/// What a policy is and how it comes to be: made by its factory, with what the context gives it, for one stage of
/// every exchange of a route. The only chapter of the plug-in API that knows all the others.
@NullMarked
package dev.gatehouse.api.policy;

import org.jspecify.annotations.NullMarked;

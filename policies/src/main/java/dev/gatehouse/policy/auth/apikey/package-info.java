/// Authentication of type `api_key`: a key in a field, a parameter of the query or a cookie, that belongs to a
/// consumer. For programs of customers and partners, who want one line of code and no login. Whoever has the key
/// is the consumer: for people, and for what must not be replayed, take another type. Decides by looking the key
/// up ([dev.gatehouse.api.identity.Consumers]); the client is never told whether a key exists.
@NullMarked
package dev.gatehouse.policy.auth.apikey;

import org.jspecify.annotations.NullMarked;

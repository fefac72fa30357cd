/// Who calls: what an authenticator finds out about a client, and what authorization, limits and services go by.
@NullMarked
package dev.gatehouse.api.identity;

import org.jspecify.annotations.NullMarked;

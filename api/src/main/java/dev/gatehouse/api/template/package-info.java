/// Texts with places in them that are filled from a request: rewrites, redirects, headers, mock answers, cache keys.
///
/// A template can name values and nothing else: no expression, no call, no second look at what it inserts.
@NullMarked
package dev.gatehouse.api.template;

import org.jspecify.annotations.NullMarked;

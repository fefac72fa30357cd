/// What the admin API says, as records: each is one JSON object, its components in `snake_case` are the keys. The
/// server writes them, `gatehouse status` reads them, the OpenAPI document describes them. Null is written as
/// `null`.
@NullMarked
package dev.gatehouse.app.admin.view;

import org.jspecify.annotations.NullMarked;

/// The slot `opening_hours`: serves a route only while the shop is open. For kitchens that cannot cook at night;
/// not for maintenance, which has no hours. A request that comes while the shop is closed is answered 503 with the
/// time it has to wait; nothing reaches the service.
@NullMarked
package com.example.gatehouse.hours;

import org.jspecify.annotations.NullMarked;

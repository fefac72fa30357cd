/// Hashes of new passwords, for the file. Checking them is the business of `basic`, which has its own bounds of
/// what it takes; what is made here fits into them.
@NullMarked
package dev.gatehouse.app.password;

import org.jspecify.annotations.NullMarked;

/// How a record says what a user may write in the configuration file. One description per setting, from which come
/// the decoder, the error messages, the JSON Schema, the reference page and the form of the dashboard.
@NullMarked
package dev.gatehouse.api.config;

import org.jspecify.annotations.NullMarked;

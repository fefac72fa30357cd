/// Plug-ins: jars in a folder, each in a class loader of its own, and what they add to the language of the file.
///
/// ```
/// PluginFolder.read ─▶ Plugin (one jar, or one folder of jars) ─▶ PluginLoader ─▶ ApiLoader ─▶ JDK
///        └─▶ Plugins ─▶ Extensions: what they add, and what is wrong with them
/// ```
///
/// A jar is read into memory and never opened again: it may be overwritten while it runs, there is no file to
/// close, and a plug-in that nobody uses any more is gone with the last reference to it.
@NullMarked
package dev.gatehouse.app.plugin;

import org.jspecify.annotations.NullMarked;

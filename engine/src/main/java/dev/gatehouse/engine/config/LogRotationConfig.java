package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import org.jspecify.annotations.Nullable;

/// When a log file is put aside, and how many of those are kept.
@Settings(
        name = "telemetry.access_log.to.rotate",
        value = "When the file is put aside and a new one begun, and how many are kept. Needs size, daily or both.")
public record LogRotationConfig(
        @Setting(value = "Put the file aside before it grows beyond this.", min = "64KiB", max = "1024GiB") @Nullable
        Long size,

        @Setting(value = "Put the file aside at midnight, in the time zone of the process.", byDefault = "false")
        boolean daily,

        @Setting(
                value = "Files put aside that are kept; older ones are deleted.",
                byDefault = "7",
                min = "1",
                max = "10000")
        int keep,

        @Setting(value = "Compress files that are put aside with gzip.", byDefault = "false")
        boolean compress) {
    public LogRotationConfig {
        if (size == null && !daily) {
            throw new IllegalArgumentException("never happens (expected: size: 100MiB, daily: true, or both)");
        }
        if (size != null) {
            Check.between("size", size, 64 << 10, 1L << 40);
        }
        Check.between("keep", keep, 1, 10_000);
    }
}

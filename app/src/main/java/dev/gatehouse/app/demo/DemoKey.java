package dev.gatehouse.app.demo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The API keys of the demo. They are in every copy of this program, so everybody has them: see [DemoTrust].
public enum DemoKey {
    /// Of acme-delivery, with the plan `pro`.
    PRO(
            "pro-key",
            "k_s3njcGen",
            "demo_s3njcGen_Jk7JT3kjuSxajgWg4INlPJQbDlZ287JJ9",
            "11224a2f68cdde18e97153277dcbbf4ba1c83418d80a65162fa21edfff70cf2d"),

    /// Of city-guide, with the plan `free`.
    FREE(
            "free-key",
            "k_xvkbV9Wy",
            "demo_xvkbV9Wy_cJlatGJsjZyZKv2EZDqMrtcjeSv2Axzlr",
            "bb2d6fc07ed90b4ce39d203a807a7047f29aca08fa3a6eb35d56f3337e86b63d");

    private final String place;
    private final String id;
    private final String text;
    private final String sha256;

    DemoKey(String place, String id, String text, String sha256) {
        this.place = place;
        this.id = id;
        this.text = text;
        this.sha256 = sha256;
    }

    /// As a client sends it.
    public String text() {
        return text;
    }

    /// Puts this key where a text names it.
    String into(String written) {
        return written.replace("@" + place + "@", text)
                .replace("@" + place + "-id@", id)
                .replace("@" + place + "-sha256@", sha256);
    }

    /// Null when it is no key of the demo.
    static @Nullable DemoKey withHash(String sha256) {
        return Arrays.stream(values())
                .filter(key -> key.sha256.equals(sha256))
                .findFirst()
                .orElse(null);
    }
}

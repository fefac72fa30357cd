package dev.gatehouse.policy.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Text;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllowedOriginTest {
    @Test
    void G8_an_origin_is_compared_whole() {
        for (String stranger : List.of(
                "null",
                "https://good.com.evil.com",
                "https://evilgood.com",
                "https://good.com.",
                "https://good.com:8443",
                "https://good.com/",
                "https://good.com ",
                "https://GOOD.com",
                "https://a.good.com",
                "https://good.co",
                "http://good.com",
                "https://good.com https://good.com",
                "")) {
            assertThat(allowed(stranger, "https://good.com")).as(stranger).isNull();
        }
        assertThat(allowed("https://good.com", "https://good.com")).isEqualTo("https://good.com");
    }

    @Test
    void G8_a_wildcard_stands_for_whole_labels_in_front() {
        for (String stranger : List.of(
                "https://good.com",
                "https://.good.com",
                "https://evilgood.com",
                "https://a..good.com",
                "https://a.good.com.evil.com",
                "https://evil.com/.good.com",
                "https://evil.com#.good.com",
                "https://evil.com:1.good.com",
                "https://u@a.good.com",
                "https://a.good.com:8443",
                "http://a.good.com",
                "null")) {
            assertThat(allowed(stranger, "https://*.good.com")).as(stranger).isNull();
        }
        for (String known : List.of("https://a.good.com", "https://a.b.good.com", "https://a-1.good.com")) {
            assertThat(allowed(known, "https://*.good.com")).isEqualTo(known);
        }
        assertThat(allowed("https://a.good.com:8443", "https://*.good.com:8443"))
                .isNotNull();
    }

    @Test
    void G8_an_expression_has_to_match_the_whole_origin() {
        String pattern = "~https://pr-[0-9]+\\.good\\.com";
        assertThat(allowed("https://pr-7.good.com", pattern)).isEqualTo("https://pr-7.good.com");
        assertThat(allowed("https://pr-7.good.com.evil.com", pattern)).isNull();
        assertThat(allowed("xhttps://pr-7.good.com", pattern)).isNull();
        assertThat(allowed("https://pr-7.good.com\n", pattern)).isNull();
        assertThat(allowed("null", "~(?s).*")).as("no page can name it").isNull();
    }

    @Test
    void everybody_is_told_so_whoever_asks() {
        assertThat(allowed("https://a.example", "*")).isEqualTo("*");
        assertThat(allowed("null", "https://a.example", "*")).isEqualTo("*");
        assertThat(new Origins(List.of(AllowedOrigin.of("*"))).allowed(null)).isEqualTo("*");
    }

    @Test
    void what_a_user_writes_is_brought_into_the_form_of_browsers() {
        assertThat(AllowedOrigin.of("HTTPS://Shop.Example:443").exact()).isEqualTo("https://shop.example");
        assertThat(AllowedOrigin.of("http://shop.example:80").exact()).isEqualTo("http://shop.example");
        assertThat(AllowedOrigin.of("http://shop.example:443").exact()).isEqualTo("http://shop.example:443");
        assertThat(AllowedOrigin.of("https://bücher.example").exact()).isEqualTo("https://xn--bcher-kva.example");
        assertThat(AllowedOrigin.of("http://[::1]:3000").exact()).isEqualTo("http://[::1]:3000");
        assertThat(AllowedOrigin.of("http://[::1]").exact()).isEqualTo("http://[::1]");
        assertThat(AllowedOrigin.of("capacitor://localhost").exact()).isEqualTo("capacitor://localhost");
    }

    private static @Nullable String allowed(String origin, String... written) {
        Origins origins =
                new Origins(Arrays.stream(written).map(AllowedOrigin::of).toList());
        return origins.allowed(Text.of(origin));
    }
}

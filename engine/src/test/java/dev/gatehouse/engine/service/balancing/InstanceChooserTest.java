package dev.gatehouse.engine.service.balancing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig.Algorithm;
import dev.gatehouse.engine.config.StickyConfig;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstanceChooserTest {
    private static final Facts NOBODY = reference -> null;

    private final Tried tried = new Tried();

    @Test
    void requests_with_the_same_values_have_the_same_key() {
        InstanceChooser chooser = chooser(service(hashedBy("{header.x-user}/{query.shop}")));
        long key = chooser.key(facts(Map.of("header.x-user", "ann", "query.shop", "1")));

        assertThat(chooser.key(facts(Map.of("header.x-user", "ann", "query.shop", "1", "client.ip", "::1"))))
                .isEqualTo(key);
        assertThat(chooser.key(facts(Map.of("header.x-user", "bob", "query.shop", "1"))))
                .isNotEqualTo(key);
        assertThat(chooser.key(facts(Map.of("header.x-user", "ann/1", "query.shop", ""))))
                .isNotEqualTo(key);
        assertThat(chooser.key(NOBODY)).isNotEqualTo(key).isEqualTo(chooser.key(NOBODY));
    }

    @Test
    void a_client_is_led_back_by_its_cookie() {
        Service service = service(sticky(null));
        InstanceChooser chooser = chooser(service);
        Instance served = chooser.choose(tried, 0, 0);
        assertThat(served).isNotNull();
        String cookie = cookie(chooser, served);
        Facts returning = facts(Map.of("cookie.gh", value(cookie)));

        for (int i = 0; i < 10; i++) {
            chooser.choose(tried, 0, 0);
            assertThat(chooser.led(returning, 0)).isSameAs(served);
        }
        assertThat(chooser.cookieFor(served, served)).isNull();
        // Another gateway, or this one after a restart.
        assertThat(chooser(service(sticky(null))).led(returning, 0)).hasToString(served.toString());
    }

    @Test
    void a_cookie_tells_no_address_and_one_made_up_leads_nowhere() {
        InstanceChooser chooser = chooser(service(sticky("a secret of ours")));
        InstanceChooser other = chooser(service(sticky("another secret")));
        Instance served = chooser.choose(tried, 0, 0);
        assertThat(served).isNotNull();
        String cookie = cookie(chooser, served);

        assertThat(cookie)
                .matches("gh=[A-Za-z0-9_-]{16}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600")
                .doesNotContain("10.0");
        assertThat(other.led(facts(Map.of("cookie.gh", value(cookie))), 0)).isNull();
        assertThat(chooser.led(facts(Map.of("cookie.gh", "10.0.0.1:80")), 0)).isNull();
        assertThat(chooser.led(NOBODY, 0)).isNull();
    }

    @Test
    void a_client_whose_instance_is_drained_is_led_to_another_one() {
        Service service = service(sticky(null));
        InstanceChooser chooser = chooser(service);
        Instance first = service.instances().getFirst();
        Facts returning = facts(Map.of("cookie.gh", value(cookie(chooser, first))));
        assertThat(chooser.led(returning, 0)).isSameAs(first);

        first.state().drain(null, 0);

        assertThat(chooser.led(returning, 0)).isNull();
        Instance next = chooser.choose(tried, 0, 0);
        assertThat(next).isNotNull().isNotSameAs(first);
        assertThat(chooser.cookieFor(next, null)).isNotNull();
    }

    @Test
    void backups_are_turned_to_when_every_primary_was_tried() {
        Service service = Instances.service(
                LoadBalancerConfig.DEFAULT,
                List.of(
                        InstanceConfig.of("http://10.0.0.1"),
                        InstanceConfig.of("http://10.0.0.2"),
                        new InstanceConfig("http://10.0.0.3", 1, true)));
        InstanceChooser chooser = chooser(service);
        for (int i = 0; i < 2; i++) {
            Instance primary = chooser.choose(tried, 0, 0);
            assertThat(primary).isNotNull().matches(one -> !one.isBackup());
            tried.add(primary);
        }
        Instance backup = chooser.choose(tried, 0, 0);
        assertThat(backup).isNotNull().matches(Instance::isBackup);
        tried.add(backup);
        assertThat(chooser.choose(tried, 0, 0)).isNull();
    }

    private static Service service(LoadBalancerConfig balancing) {
        return Instances.service(
                balancing,
                List.of(
                        InstanceConfig.of("http://10.0.0.1"),
                        InstanceConfig.of("http://10.0.0.2"),
                        InstanceConfig.of("http://10.0.0.3")));
    }

    private static InstanceChooser chooser(Service service) {
        return new InstanceChooser(service, 0, new Random(1));
    }

    private static LoadBalancerConfig hashedBy(String key) {
        return new LoadBalancerConfig(Algorithm.CONSISTENT_HASH, key, null);
    }

    private static LoadBalancerConfig sticky(String secret) {
        return new LoadBalancerConfig(Algorithm.ROUND_ROBIN, null, new StickyConfig("gh", Duration.ofHours(1), secret));
    }

    private static String cookie(InstanceChooser chooser, Instance served) {
        byte[] cookie = chooser.cookieFor(served, null);
        assertThat(cookie).isNotNull();
        return new String(cookie, US_ASCII);
    }

    private static String value(String cookie) {
        return cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
    }

    private static Facts facts(Map<String, String> values) {
        return reference -> values.get(reference.toString());
    }
}

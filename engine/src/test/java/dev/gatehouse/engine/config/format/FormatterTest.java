package dev.gatehouse.engine.config.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FormatterTest {
    @Test
    void sections_and_keys_come_in_the_order_in_which_they_are_read() {
        assertThat(format("""
            # This gateway stands in front of the shop.

            routes:
              - service: users
                methods: [GET]
                path: /users/**
            # how things are reached
            services:
              users:
                timeout: 5s
                # two of them
                instances: [a:1, a:2]
            version: 1
            """)).isEqualTo("""
            # This gateway stands in front of the shop.

            version: 1
            # how things are reached
            services:
              users:
                # two of them
                instances: [a:1, a:2]
                timeout: 5s
            routes:
              - path: /users/**
                methods: [GET]
                service: users
            """);
    }

    @Test
    void indentation_quotes_and_brackets_look_alike_everywhere() {
        assertThat(format("""
            services:
                'users':
                    instances:
                    -   '127.0.0.1:8081'
                    -   {url:   "127.0.0.1:8082",weight: 2}
                    load_balancer:  "round_robin"
                    display_name: '5'
            routes:
            - path:   "/a"
              respond: {body: 'it''s "fine"',  status: 200 }
            """)).isEqualTo("""
            services:
              users:
                instances:
                  - "127.0.0.1:8081"
                  - { url: "127.0.0.1:8082", weight: 2 }
                load_balancer: round_robin
                display_name: "5"
            routes:
              - path: /a
                respond: { body: "it's \\"fine\\"", status: 200 }
            """);
    }

    @Test
    void a_collection_over_several_lines_gets_a_line_for_each_entry() {
        assertThat(format("""
            include: [ # all of them
              a.yaml,  # first
              # then
              b.yaml ]
            routes: [ { path: /a,
                        respond: 204 } ]
            """)).isEqualTo("""
            include:   # all of them
              - a.yaml # first
              # then
              - b.yaml
            routes:
              - path: /a
                respond: 204
            """);
    }

    @Test
    void every_comment_stays_with_what_it_is_about() {
        String text = """
            # first

            # about the services
            services: # and behind them
              # about users
              users: # here
                instances: [a:1]     # in its column
                # about the balancing
                load_balancer: round_robin # last

              # a # in a value is none
              "a#b": { instances: ["x:1#y"] }
            # about the routes
            routes:
              # about the first
              - path: /a # path
                # about the answer
                respond: 204
            # the end
            """;

        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void texts_of_several_lines_stay_so() {
        String text = """
            routes:
              - path: /a
                respond:
                  body: |
                    # not a comment
                    hello
                      world
              - path: /b
                respond:
                  body: |-
                    no end
                  status: 200
            """;

        assertThat(format(text)).isEqualTo(text);
    }

    @Test
    void empty_lines_are_kept_one_at_a_time() {
        assertThat(format("""
            version: 1



            name: x

            routes:

              - respond: 204


              - respond: 404
            """)).isEqualTo("""
            version: 1

            name: x

            routes:
              - respond: 204

              - respond: 404
            """);
    }

    @Test
    void a_file_that_is_not_yaml_is_not_touched() {
        Diagnostics diagnostics = new Diagnostics();

        assertThat(Formatter.format(file("a: [ b"), diagnostics)).isNull();
        assertThat(diagnostics.all()).hasSize(1);
    }

    private static String format(String text) {
        String once = Formatter.format(file(text), new Diagnostics());
        assertThat(Formatter.format(file(once), new Diagnostics())).isEqualTo(once);
        return once;
    }

    private static SourceFile file(String text) {
        return new SourceFile("gateway.yaml", Path.of("gateway.yaml"), text);
    }
}

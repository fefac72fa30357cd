package dev.gatehouse.compare;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;

/// Spring Cloud Gateway with one route to the service. `application.yml` holds the route; the ports come as
/// arguments.
@SpringBootApplication
public class Gateway {

    public static void main(String[] args) {
        SpringApplication.run(Gateway.class, args);
    }

    /// The request id. A headers filter touches only what goes to the service, so it costs less than a
    /// `GlobalFilter` that copies the exchange, and the id is the one Spring has already made for the request.
    @Bean
    HttpHeadersFilter requestId() {
        return (headers, exchange) -> {
            HttpHeaders sent = new HttpHeaders(headers);
            sent.set("X-Request-Id", exchange.getRequest().getId());
            return sent;
        };
    }
}

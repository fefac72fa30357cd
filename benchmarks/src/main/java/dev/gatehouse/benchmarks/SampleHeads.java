package dev.gatehouse.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/// Heads as they come from browsers, scripts and services, in direct buffers as they come from the socket.
final class SampleHeads {
    /// Chromium: twelve fields, 690 octets.
    static final String BROWSER = """
            GET /assets/app.js?v=20250102 HTTP/1.1
            Host: www.example.com
            Connection: keep-alive
            sec-ch-ua: "Chromium";v="128", "Not;A=Brand";v="24", "Google Chrome";v="128"
            sec-ch-ua-mobile: ?0
            sec-ch-ua-platform: "Linux"
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8
            Sec-Fetch-Site: same-origin
            Referer: https://www.example.com/index.html
            Accept-Encoding: gzip, deflate, br, zstd
            Accept-Language: en-GB,en;q=0.9,de;q=0.8
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; consent=all

            """;

    /// curl: three fields.
    static final String CURL = """
            GET /api/items/42 HTTP/1.1
            Host: localhost:8080
            User-Agent: curl/8.5.0
            Accept: */*

            """;

    /// nginx: nine fields.
    static final String RESPONSE = """
            HTTP/1.1 200 OK
            Server: nginx/1.22.1
            Date: Thu, 02 Jan 2025 03:04:05 GMT
            Content-Type: application/javascript; charset=utf-8
            Content-Length: 48213
            Last-Modified: Wed, 01 Jan 2025 00:00:00 GMT
            Connection: keep-alive
            ETag: "67748580-bc55"
            Cache-Control: public, max-age=31536000, immutable
            Accept-Ranges: bytes

            """;

    private SampleHeads() {}

    static ByteBuf direct(String head) {
        byte[] octets = head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        return Unpooled.directBuffer(octets.length).writeBytes(octets);
    }
}

package dev.gatehouse.it.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What mutation starts from: heads and bodies as clients and services send them, several messages in a row among
/// them, and the shapes that have fooled other gateways. An input that ever broke the codec is added here.
final class Corpus {
    static final byte[][] REQUESTS = octets(
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /index.html?q=1&r=%20 HTTP/1.1\r\nHost: example.com:8080\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\n"
                    + "\r\n",
            "GET /app/x.js HTTP/1.1\r\nHost: www.example.com\r\nConnection: keep-alive\r\n"
                    + "sec-ch-ua: \"Chromium\";v=\"128\", \"Not;A=Brand\";v=\"24\"\r\nsec-ch-ua-mobile: ?0\r\n"
                    + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0\r\n"
                    + ""
                    + "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nReferer: https://www.example.com/\r\n"
                    + "Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\n"
                    + "Cookie: session=0123456789abcdef; theme=dark\r\n\r\n",
            "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
            "POST /form HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "10\r\n0123456789abcdef\r\n0c;x\r\n0123456789ab\r\n00\r\n\r\n",
            "POST /form HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "PUT /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=b\r\n world\r\n0\r\n"
                    + "\r\n",
            "PUT /x HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                    + "1\r\nx\r\n0\r\nX-Sum: 7\r\nHost: b\r\nx_request_id: 1\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n"
                    + "\r\n",
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc\r\nPOST /2 HTTP/1.1\r\nHost: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nDELETE /3 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://target.example:81/x?y HTTP/1.1\r\nHost: field.example\r\n\r\n",
            "GET https://target.example HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://target.example?q HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\nGET /b HTTP/1.0\r\n"
                    + "\r\n",
            "GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /never HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMA\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x-a, host, content-length, cookie\r\nX-A: 1\r\nX_A: 2\r\n"
                    + "Cookie: c\r\n"
                    + "Content-Length: 1\r\n\r\nx",
            "GET / HTTP/1.1\r\nHost: [2001:db8::1]:443\r\nX-Forwarded-For: 127.0.0.1\r\nX_Forwarded_For: 127.0.0.1\r\n"
                    + "X-Original-URL: /admin\r\nKeep_Alive: 1\r\nForwarded: for=_x\r\nVia: 1.1 y\r\n\r\n",
            "GET //x/./y/../%61dmin/%2e%2E/caf%c3%a9;v=1/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a%2Fb HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a%2fb%5C/x%2f/../%2e%2e%2f HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a%5cb/../c%2F.d/..e%2f HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /a/..;/b HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /../a HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /%F0%9F%98%80/%e2%82%ac/.well-known?a=%ff HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost:\t a \t\r\nEmpty:\r\nHigh: caf\u00e9 \u00ff\r\nTabs: a\tb\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
            "AVERYLONGMETHODNAMETHATHASTHIRTYTWO / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + "GET /smuggled HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "POST / HTTP/1.1\r\nHost: a\r\nContent_Length: 5\r\nTransfer_Encoding: chunked\r\n\r\n");

    static final byte[][] RESPONSES = octets(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 02 Jan 2025 03:04:05 GMT\r\n"
                    + "Content-Type: text/html\r\n"
                    + "Content-Length: 13\r\nLast-Modified: Wed, 01 Jan 2025 00:00:00 GMT\r\nConnection: keep-alive\r\n"
                    + "ETag: \"6774\"\r\nSet-Cookie: a=b; Path=/; HttpOnly\r\nSet-Cookie: c=d\r\n"
                    + "Accept-Ranges: bytes\r\n\r\n"
                    + "<html></html>",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n5;e\r\nhello\r\na\r\n0123456789\r\n"
                    + "0\r\nX: y\r\n"
                    + "Content-Length: 5\r\n\r\nHTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
            "HTTP/1.1 200 OK\r\n\r\nall until the end",
            "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nall until the end",
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n"
                    + "Content-Length: 2\r\n\r\nok",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\u0081\u0005hello",
            "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200\r\n"
                    + "Content-Length: 1\r\n\r\nx",
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 404 Not Found\r\nConnection: close, x-hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nContent-Length: 3\r\n"
                    + "\r\n404",
            "HTTP/1.1 502 caf\u00e9\tbar \r\nContent-Length: 0\r\nGatehouse-Error: x\r\nProxy-Authenticate: Basic\r\n"
                    + "\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nxxx",
            "HTTP/1.1 200 OK\r\nTransfer_Encoding: chunked\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                    + "\r\n");

    /// What a mutation puts into an input, because parsers have been seen to disagree about it.
    static final byte[][] TOKENS = octets(
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\r\r\n",
            "\n\n",
            "\0",
            "\t",
            " ",
            "\u000b",
            "\u007f",
            "\u0080",
            "\u00ff",
            ":",
            ",",
            ";",
            "_",
            "\\",
            "#",
            "?",
            "%",
            "@",
            "/",
            "//",
            "/./",
            "/../",
            "/..",
            "..;",
            "%2e",
            "%2E%2e",
            "%2f",
            "%5c",
            "%2f..",
            "..%5C",
            "%00",
            "%61",
            "%3b",
            "%c3%a9",
            "%c0%af",
            "%25",
            "http://h",
            "https://h:1/",
            " HTTP/1.1\r\n",
            " HTTP/1.0\r\n",
            "HTTP/1.1 ",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "Host: b\r\n",
            "Content-Length",
            "Content-Length: 5\r\n",
            "Content-Length: 0\r\n",
            "Content-Length : 5\r\n",
            "Content_Length: 5\r\n",
            "Transfer-Encoding",
            "Transfer-Encoding: chunked\r\n",
            "Transfer-Encoding:\tchunked \r\n",
            "Transfer-Encoding: x, chunked\r\n",
            "Transfer_Encoding: chunked\r\n",
            "chunked",
            "Connection: close\r\n",
            "Connection: keep-alive\r\n",
            "Connection: host, content-length, transfer-encoding, x-a\r\n",
            "Connection: a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z,0,1,2,3,4,5,6\r\n",
            "Upgrade: h2c\r\n",
            "Expect: 100-continue\r\n",
            "Expect: x\r\n",
            "X-A: 1\r\n",
            "x_forwarded_for: 1\r\n",
            "0\r\n\r\n",
            "0\r\n",
            "5\r\nhello\r\n",
            "1;x\r\n",
            "\r\n ",
            " \r\n",
            "0",
            "1",
            "5",
            "-1",
            "00000000000000000",
            "fffffff",
            "7fffffff",
            "80000000",
            "fffffffffffffff",
            "7fffffffffffffff",
            "2147483648",
            "999999999999999999",
            "9223372036854775808");

    private Corpus() {}

    private static byte[][] octets(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toArray(byte[][]::new);
    }
}

// One slice of load on one proxy, for `compare`. This program is both ends of the proxy: the clients that ask and the
// service that answers, in one thread and one epoll loop.
//
//      clients ── request ──▶ proxy ── request ──▶ service
//         ▲                     │  ▲                  │
//         └────── answer ───────┘  └───── answer ─────┘
//
// One thread, because a second one would need a third core or take turns with the first; so the core it is pinned to
// does nothing but this, and a fast proxy on another core is kept busy. Nothing is allocated per request: what is asked
// and answered is written out once at start, and the bytes of a body are counted and dropped inside the kernel.
//
// Closed loop: every client connection asks again as soon as it has its answer. With --rate, open loop: requests fall
// due at fixed intervals whatever the proxy does, and latency counts from the moment a request was due.
//
// A load that sleeps is woken by the proxy's write, in the proxy's time; and a proxy that writes answer by answer wakes it
// more often than one that hands over many at once. With --spin it never sleeps, so that nobody pays for that.
//
// Every answer is checked: status 200 and exactly the body that was promised, or just the status that --status says; the
// service checks the request's body the same way. The result is one JSON object on standard output. `compare`,
// `compare-flood` and `compare-tls` are the only callers; for the last it is compiled with -DTLS and speaks that to the
// proxy, with OpenSSL, when it is told to.

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef TLS
#include <openssl/ssl.h>
#endif

enum { HEAD_LIMIT = 8192, INBOX = 16384, BATCH = 256, ERROR_LIMIT = 1000, BIN_US = 10, BINS = 200000, END_LIMIT = 2 };

static void die(const char *what) {
    perror(what);
    exit(2);
}

// ---------------------------------------------------------------------------------------------------------- messages

struct message {
    char *bytes;
    size_t length;
};

static struct message request, answer;
static long request_body, answer_body;

// A head as a browser sends it to an API: what the proxy must read past on every request.
static const char BROWSER[] =
    "Host: shop.example.com\r\n"
    "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/141.0.0.0 Safari/537.36\r\n"
    "Accept: application/json, text/plain, */*\r\n"
    "Accept-Language: en-GB,en;q=0.9,fr;q=0.7\r\n"
    "Accept-Encoding: gzip, deflate, br, zstd\r\n"
    "Referer: https://shop.example.com/orders?page=2\r\n"
    "Cookie: sid=8f14e45fceea167a5a36dedd4bea2543; theme=dark; consent=2026-03-01T10:00:00Z\r\n"
    "Cache-Control: no-cache\r\n"
    "Sec-Fetch-Mode: cors\r\n"
    "Sec-Fetch-Site: same-origin\r\n"
    "Connection: keep-alive\r\n";

static const char SERVICE[] =
    "Server: orders\r\n"
    "Date: Sun, 01 Mar 2026 10:00:00 GMT\r\n"
    "Content-Type: application/json\r\n"
    "Cache-Control: private, max-age=0\r\n"
    "ETag: \"5d41402abc4b2a76b9719d911017c592\"\r\n"
    "Vary: Accept-Encoding\r\n";

static struct message compose(const char *start_line, const char *headers, long body) {
    char *bytes = malloc(strlen(start_line) + strlen(headers) + 128 + body);
    if (!bytes) die("malloc");
    int head = sprintf(bytes, "%s\r\n%s", start_line, headers);
    if (body) head += sprintf(bytes + head, "Content-Length: %ld\r\n", body);
    head += sprintf(bytes + head, "\r\n");
    memset(bytes + head, 'x', body);
    return (struct message){bytes, head + body};
}

static const char *extra = "";  // one more header of the client, with its name
static const char *path = NULL;  // what is asked for instead
static const char *status = "200";  // what all answers are to be; the body of another one may be any

static void compose_for(const char *mode) {
    answer_body = 1024;
    if (!strcmp(mode, "big")) answer_body = 100 * 1024;
    if (!strcmp(mode, "post")) request_body = 10 * 1024;
    char other[256];
    const char *ask = path ? other : request_body ? "POST /api/orders?notify=true HTTP/1.1" : "GET /api/orders/4711?expand=items HTTP/1.1";
    if (path) snprintf(other, sizeof other, "GET %s HTTP/1.1", path);
    char *headers = malloc(sizeof BROWSER + strlen(extra) + 4);
    if (!headers) die("malloc");
    sprintf(headers, "%s%s%s", BROWSER, extra, *extra ? "\r\n" : "");
    request = compose(ask, headers, request_body);
    answer = compose("HTTP/1.1 200 OK", SERVICE, answer_body);
}

// ----------------------------------------------------------------------------------------------------------- framing

// Where the reader stands in the message that is arriving.
struct body {
    enum { IN_HEAD, SIZED, CHUNK_SIZE, CHUNK_EXTENSION, CHUNK_DATA, CHUNK_END, TRAILERS } at;
    long left;   // bytes still to come of a sized body or of this chunk; in TRAILERS, the length of the line so far
    long total;  // bytes of the body seen
};

// The value of a header, given in lower case with its colon, or NULL.
static const char *header(const char *head, const char *end, const char *name) {
    size_t length = strlen(name);
    for (const char *line = head; (line = memchr(line, '\n', end - line)); ) {
        if (++line + length > end) return NULL;
        if ((*line | 0x20) == *name && !strncasecmp(line, name, length)) {
            line += length;
            while (*line == ' ') line++;
            return line;
        }
    }
    return NULL;
}

// Reads the framing from a complete head. False if there is none that it knows.
static bool begin_body(struct body *body, const char *head, const char *end) {
    const char *value = header(head, end, "content-length:");
    *body = (struct body){.at = SIZED, .left = value ? strtol(value, NULL, 10) : 0};
    if (value) return true;
    value = header(head, end, "transfer-encoding:");
    if (value) *body = (struct body){.at = CHUNK_SIZE};
    return !value || !strncasecmp(value, "chunked", 7);
}

static int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Takes what belongs to the body and returns how much that was. The body has ended when it is back IN_HEAD.
static size_t take_body(struct body *body, const char *bytes, size_t length) {
    size_t i = 0;
    while (body->at != IN_HEAD) {
        if (body->at == SIZED || body->at == CHUNK_DATA) {
            long taken = (long)(length - i) < body->left ? (long)(length - i) : body->left;
            body->left -= taken, body->total += taken, i += taken;
            if (body->left) return i;
            body->at = body->at == SIZED ? IN_HEAD : CHUNK_END;
            continue;
        }
        if (i == length) return i;
        char c = bytes[i++];
        switch (body->at) {
            case CHUNK_SIZE:
                if (hex(c) >= 0) {
                    body->left = body->left * 16 + hex(c);
                    break;
                }
                body->at = CHUNK_EXTENSION;  // or the end of the line, which is the same to us
                // fall through
            case CHUNK_EXTENSION:
                if (c == '\n') body->at = body->left ? CHUNK_DATA : TRAILERS;
                break;
            case CHUNK_END:
                if (c == '\n') body->at = CHUNK_SIZE;
                break;
            default:  // TRAILERS: they end with an empty line
                if (c == '\n' && !body->left) body->at = IN_HEAD;
                else if (c == '\n') body->left = 0;
                else if (c != '\r') body->left++;
        }
    }
    return i;
}

// ------------------------------------------------------------------------------------------------------- connections

struct connection {
    int fd;
    bool client;        // else it is one the proxy opened to the service
    int owed;           // messages to write: at most one for a client; more for a service whose peer pipelines
    size_t written;     // bytes written of the first of them
    bool waiting;       // client: for an answer
    double since;       // client: when that request was sent, or was due
    struct body body;
    int held;           // bytes of a head that has not arrived whole
    char head[HEAD_LIMIT];
#ifdef TLS
    SSL *tls;           // NULL where nothing is encrypted
#endif
};

static int poller, listener;
static struct sockaddr_in proxy_address = {.sin_family = AF_INET}, service_address = {.sin_family = AF_INET};
static double rate;  // requests per second, 0 for a closed loop
static bool counting, ending;
static long requests, errors;
static int in_flight;
static unsigned latency[BINS];

static double clock_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

static void failed(const char *format, ...) {
    if (errors++ < 3) {  // the first few tell the story
        va_list values;
        va_start(values, format);
        vfprintf(stderr, format, values);
        va_end(values);
        fputc('\n', stderr);
    }
    if (errors >= ERROR_LIMIT) {
        fprintf(stderr, "gave up after %d errors\n", ERROR_LIMIT);
        exit(3);
    }
}

// Open loop: the clients without a request in flight, taken in turn so that every connection is in use.
static struct {
    struct connection **clients;
    int room, first, count;
} idle;

static void rest(struct connection *c) {
    idle.clients[(idle.first + idle.count++) % idle.room] = c;
}

static struct connection *next_idle(void) {
    struct connection *c = idle.clients[idle.first];
    idle.first = (idle.first + 1) % idle.room;
    idle.count--;
    return c;
}

static void watch(struct connection *c) {
    int on = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, c->fd, &event)) die("epoll_ctl");
}

// ---------------------------------------------------------------------------------------------------------------- TLS

#ifdef TLS
static SSL_CTX *tls;  // NULL: the proxy is asked in the clear

static void use_tls(void) {
    static const unsigned char http1[] = "\x08http/1.1";
    tls = SSL_CTX_new(TLS_client_method());
    if (!tls || SSL_CTX_set_alpn_protos(tls, http1, sizeof http1 - 1)) die("OpenSSL");
    SSL_CTX_set_read_ahead(tls, 1);  // whole records by one system call, not their heads by one of their own
    SSL_CTX_set_mode(tls, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

// The whole handshake: the socket still blocks.
static void shake_hands(struct connection *c) {
    if (!tls) return;
    c->tls = SSL_new(tls);
    if (!c->tls || !SSL_set_fd(c->tls, c->fd) || SSL_connect(c->tls) != 1) die("a TLS handshake");
}

// As recv and send would have it: 0 at the end, -1 and EAGAIN when nothing can be done now.
static ssize_t result(struct connection *c, int done) {
    if (done > 0) return done;
    int error = SSL_get_error(c->tls, done);
    if (error == SSL_ERROR_ZERO_RETURN) return 0;
    errno = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? EAGAIN : ECONNRESET;
    return -1;
}

static bool encrypted(struct connection *c) { return c->tls; }
static ssize_t receive(struct connection *c, void *to, size_t room) {
    return c->tls ? result(c, SSL_read(c->tls, to, room)) : recv(c->fd, to, room, 0);
}
static ssize_t transmit(struct connection *c, const void *from, size_t length) {
    return c->tls ? result(c, SSL_write(c->tls, from, length)) : send(c->fd, from, length, MSG_NOSIGNAL);
}
static bool is_drained(struct connection *c) { return !c->tls || (c->body.at == IN_HEAD && !SSL_has_pending(c->tls)); }
static void hang_up(struct connection *c) {
    SSL_free(c->tls);
    close(c->fd);
}
#else
static void use_tls(void) {
    fputs("compiled without TLS\n", stderr);
    exit(2);
}
static void shake_hands(struct connection *c) { (void)c; }
static bool encrypted(struct connection *c) { (void)c; return false; }
static ssize_t receive(struct connection *c, void *to, size_t room) { return recv(c->fd, to, room, 0); }
static ssize_t transmit(struct connection *c, const void *from, size_t length) {
    return send(c->fd, from, length, MSG_NOSIGNAL);
}
static bool is_drained(struct connection *c) { (void)c; return true; }
static void hang_up(struct connection *c) { close(c->fd); }
#endif

// ----------------------------------------------------------------------------------------------------------- exchanges

static bool write_owed(struct connection *c) {
    const struct message *message = c->client ? &request : &answer;
    while (c->owed) {
        ssize_t sent = transmit(c, message->bytes + c->written, message->length - c->written);
        if (sent < 0) return errno == EAGAIN;  // the socket is full: epoll says when to go on
        c->written += sent;
        if (c->written == message->length) c->written = 0, c->owed--;
    }
    return true;
}

static bool ask(struct connection *c, double since) {
    c->since = since;
    c->waiting = true;
    c->owed = 1;
    in_flight++;
    return write_owed(c);
}

// What a client does that has no request in flight.
static bool go_on(struct connection *c, double now) {
    if (!rate && !ending) return ask(c, now);
    rest(c);
    return true;
}

static bool answered(struct connection *c) {
    double now = clock_now();
    c->waiting = false;
    in_flight--;
    if (counting) {
        long bin = (now - c->since) * 1e6 / BIN_US;
        latency[bin < BINS ? bin : BINS - 1]++;
        requests++;
    }
    return go_on(c, now);
}

static bool message_ended(struct connection *c) {
    long promised = c->client ? answer_body : request_body;
    if (c->body.total != promised && !(c->client && strcmp(status, "200"))) {
        const char *what = c->client ? "an answer" : "a request at the service";
        failed("%s has %ld bytes, not %ld", what, c->body.total, promised);
        if (c->client) return false;
    }
    if (c->client) return answered(c);
    c->owed++;
    return write_owed(c);
}

static bool head_arrived(struct connection *c, const char *head, const char *end) {
    if (c->client && (strncmp(head, "HTTP/1.1 ", 9) || strncmp(head + 9, status, 3))) {
        failed("an answer begins with: %.*s", (int)(end - head < 120 ? end - head : 120), head);
        return false;
    }
    if (!begin_body(&c->body, head, end)) {
        failed("unknown framing");
        return false;
    }
    return true;
}

// False when the connection is to be closed.
static bool read_all(struct connection *c, bool peer_left) {
    static char inbox[HEAD_LIMIT + INBOX];
    for (;;) {
        if (c->body.at == SIZED && c->body.left && !encrypted(c)) {
            // Only the count matters: MSG_TRUNC makes TCP drop the bytes without copying them here.
            size_t wanted = c->body.left;
            ssize_t got = recv(c->fd, NULL, wanted, MSG_TRUNC);
            if (got <= 0) return got < 0 && errno == EAGAIN;
            take_body(&c->body, NULL, got);
            if (c->body.at == IN_HEAD && !message_ended(c)) return false;
            if ((size_t)got < wanted && !peer_left) return true;
            continue;
        }
        memcpy(inbox, c->head, c->held);
        ssize_t got = receive(c, inbox + c->held, INBOX);
        if (got <= 0) return got < 0 && errno == EAGAIN;
        const char *at = inbox, *end = inbox + c->held + got;
        c->held = 0;
        while (at < end) {
            if (c->body.at == IN_HEAD) {
                const char *blank = memmem(at, end - at, "\r\n\r\n", 4);
                if (!blank) {
                    if (end - at > HEAD_LIMIT) {
                        failed("a head longer than %d bytes", HEAD_LIMIT);
                        return false;
                    }
                    memcpy(c->head, at, c->held = end - at);
                    break;
                }
                if (!head_arrived(c, at, blank + 2)) return false;
                at = blank + 4;
            }
            at += take_body(&c->body, at, end - at);
            if (c->body.at == IN_HEAD && !message_ended(c)) return false;
        }
        // A short read means the socket is empty, which saves asking again; unless its end is still to be read. With
        // TLS it is a record; behind that of an answer's end nothing comes before the next is asked for.
        if (got < INBOX && !peer_left && is_drained(c)) return true;
    }
}

static void open_client(struct connection *c) {
    *c = (struct connection){.client = true, .fd = socket(AF_INET, SOCK_STREAM, 0)};
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&proxy_address, sizeof proxy_address)) die("the proxy's port");
    shake_hands(c);
    if (fcntl(c->fd, F_SETFL, O_NONBLOCK)) die("fcntl");
    watch(c);
}

static void accept_all(void) {
    int fd;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        struct connection *c = calloc(1, sizeof *c);
        if (!c) die("calloc");
        c->fd = fd;
        watch(c);
    }
}

static void on_event(struct connection *c, unsigned events) {
    long known = errors;
    bool open = write_owed(c);
    if (open && events & ~EPOLLOUT) open = read_all(c, events & ~(EPOLLIN | EPOLLOUT));
    if (open) return;
    hang_up(c);
    if (!c->client) {
        free(c);
        return;
    }
    if (errors == known) failed("the proxy closed a client's connection");
    bool waited = c->waiting;
    open_client(c);
    if (!waited) return;  // it rests, and goes on resting
    in_flight--;
    go_on(c, clock_now());
}

// Waits for events, or only looks for them, and handles a batch.
static void turn(int wait_ms) {
    struct epoll_event events[BATCH];
    int ready = epoll_wait(poller, events, BATCH, wait_ms);
    for (int i = 0; i < ready; i++) {
        if (events[i].data.ptr) on_event(events[i].data.ptr, events[i].events);
        else accept_all();
    }
}

static void ask_what_is_due(double now) {
    static double due;
    if (!due) due = now;
    // With no client free, what is due waits here, and its latency grows: a slow proxy does not slow the asking down.
    for (; due <= now && idle.count; due += 1 / rate) ask(next_idle(), due);
}

// ---------------------------------------------------------------------------------------------------- what it all cost

struct usage {
    double at;                 // seconds on the wall
    double user, system;       // CPU seconds of the proxy, all its processes and threads
    double load;               // CPU seconds of this program
    double steal;              // CPU seconds the host took from this machine
};

static struct usage usage_of(char *pids) {
    static double tick;
    if (!tick) tick = 1.0 / sysconf(_SC_CLK_TCK);
    struct usage u = {.at = clock_now()};
    char path[64], text[1024];
    for (char *pid = pids; *pid; pid += strspn(pid, ",")) {
        long number = strtol(pid, &pid, 10);
        unsigned long user, system;
        sprintf(path, "/proc/%ld/stat", number);
        FILE *file = fopen(path, "r");
        if (!file) continue;  // a launcher may have gone: it cost nothing since
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        fclose(file);
        // The name in brackets may hold blanks: count the fields from behind it.
        if (sscanf(strrchr(text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2)
            u.user += user * tick, u.system += system * tick;
    }
    struct rusage self;
    getrusage(RUSAGE_SELF, &self);
    u.load = self.ru_utime.tv_sec + self.ru_stime.tv_sec + (self.ru_utime.tv_usec + self.ru_stime.tv_usec) * 1e-6;
    long steal;
    FILE *machine = fopen("/proc/stat", "r");
    if (!machine || fscanf(machine, "cpu %*d %*d %*d %*d %*d %*d %*d %ld", &steal) != 1) die("/proc/stat");
    fclose(machine);
    u.steal = steal * tick;
    return u;
}

// Milliseconds within which this share of the requests had their answer.
static double percentile(double share) {
    long wanted = requests * share, seen = 0;
    int bin = 0;
    while (bin < BINS - 1 && (seen += latency[bin]) <= wanted) bin++;
    return bin * BIN_US / 1000.0;
}

static void print(const struct usage *a, const struct usage *b) {
    printf("{\"requests\": %ld, \"errors\": %ld, \"seconds\": %.4f, ", requests, errors, b->at - a->at);
    printf("\"user\": %.2f, \"sys\": %.2f, ", b->user - a->user, b->system - a->system);
    printf("\"p50\": %.2f, \"p99\": %.2f, ", percentile(.5), percentile(.99));
    printf("\"load\": %.3f, \"steal\": %.2f}\n", b->load - a->load, b->steal - a->steal);
}

// --------------------------------------------------------------------------------------------------------------- main

static const char USAGE[] =
    "load --proxy PORT --service PORT --pids PID,PID --mode get|big|post\n"
    "     [--conns 64] [--settle 0.5] [--seconds 1] [--rate REQUESTS_PER_SECOND] [--cpu CPU] [--spin] [--tls]\n"
    "     [--header 'Name: value'] [--path /instead] [--status 200]\n";

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"proxy", 1, 0, 'p'},  {"service", 1, 0, 's'}, {"pids", 1, 0, 'i'}, {"mode", 1, 0, 'm'}, {"conns", 1, 0, 'c'},
        {"settle", 1, 0, 'w'}, {"seconds", 1, 0, 't'}, {"rate", 1, 0, 'r'}, {"cpu", 1, 0, 'k'},
        {"spin", 0, 0, 'n'},   {"tls", 0, 0, 'e'},     {"header", 1, 0, 'h'}, {"path", 1, 0, 'a'},
        {"status", 1, 0, 'u'}, {0},
    };
    char *pids = "";
    const char *mode = "get";
    double settle = .5, seconds = 1;
    int conns = 64, cpu = -1;
    bool spin = false;
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (option) {
            case 'p': proxy_address.sin_port = htons(atoi(optarg)); break;
            case 's': service_address.sin_port = htons(atoi(optarg)); break;
            case 'i': pids = optarg; break;
            case 'm': mode = optarg; break;
            case 'c': conns = atoi(optarg); break;
            case 'w': settle = atof(optarg); break;
            case 't': seconds = atof(optarg); break;
            case 'r': rate = atof(optarg); break;
            case 'k': cpu = atoi(optarg); break;
            case 'n': spin = true; break;
            case 'e': use_tls(); break;
            case 'h': extra = optarg; break;
            case 'a': path = optarg; break;
            case 'u': status = optarg; break;
            default: fputs(USAGE, stderr); return 2;
        }
    }
    if (!proxy_address.sin_port || !service_address.sin_port || conns < 1) {
        fputs(USAGE, stderr);
        return 2;
    }
    alarm(settle + seconds + 20);  // whatever happens, this ends
    compose_for(mode);
    if (cpu >= 0) {
        cpu_set_t set;
        CPU_ZERO(&set);
        CPU_SET(cpu, &set);
        if (sched_setaffinity(0, sizeof set, &set)) die("sched_setaffinity");
    }

    int on = 1;
    poller = epoll_create1(0);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    service_address.sin_addr.s_addr = proxy_address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&service_address, sizeof service_address)) die("the service's port");
    if (listen(listener, 1024)) die("listen");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event)) die("epoll_ctl");

    struct connection *clients = calloc(conns, sizeof *clients);
    idle.clients = calloc(conns, sizeof *idle.clients);
    idle.room = conns;
    if (!clients || !idle.clients) die("calloc");
    for (int i = 0; i < conns; i++) {
        open_client(&clients[i]);
        go_on(&clients[i], clock_now());
    }

    double begin = clock_now() + settle, now;
    struct usage before;
    while ((now = clock_now()) < begin + seconds) {
        if (!counting && now >= begin) {
            counting = true;
            before = usage_of(pids);
        }
        if (rate) ask_what_is_due(now);
        // An open loop spins anyway: a sleep in whole milliseconds would be late for every request.
        turn(rate || spin ? 0 : 20);
    }
    if (!counting) die("nothing was counted");
    struct usage after = usage_of(pids);
    counting = false;
    ending = true;
    // To hang up on requests in flight would have every proxy log and clean up, some in the time of the next slice.
    while (in_flight && clock_now() < begin + seconds + END_LIMIT) turn(20);
    print(&before, &after);
    return 0;
}

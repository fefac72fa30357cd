package dev.gatehouse.engine.config.diagnostic;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The catalogue of mistakes: for each a stable code, and the paragraph `gatehouse help CODE` shows. A code is never
/// given to another mistake. 01 is about files and YAML, 10 keys, 11 names, 12 routes, 13 values, 14 placeholders, 16
/// what belongs together, 17 plug-ins, 18 tests; from 20 on there are warnings.
public enum Code {
    GH0101("a file cannot be read", """
        The file does not exist, is a folder, may not be read by this user, is larger than 64 MiB or is not UTF-8. An
        'include' without '*' names one file, which must exist; paths are relative to the file that includes."""),
    GH0102("a tab indents the line", """
        YAML knows only blanks in front of a line: a tab has no agreed width. Most editors can turn tabs into blanks for
        files that end in .yaml; 'gatehouse fmt' cannot, because it cannot know what was meant."""),
    GH0103("the file is not valid YAML", """
        The file is read as YAML 1.2. What trips people most: a value that begins with one of * & ! | > % @ ` { [ or
        that holds ': ' or ' #' needs quotes; a list entry needs a blank behind its '-'; keys of one section start in the
        same column. Nothing else can be checked in a file that cannot be read, so this is its only message."""),
    GH0104("a key is written twice", """
        A key stands once in its section. Two of them would mean that one of them is not in force, and nobody could tell
        which from reading only one."""),
    GH0105("a YAML feature this format does without", """
        Anchors and aliases (&x, *x), merge keys (<<), tags (!x) and several documents in one file (---) are refused: they
        make a value stand somewhere else than where it is used. Use 'defaults', groups of routes, named 'policies' with
        'extends', and 'include' for that."""),
    GH0106("nested too deep", """
        Sections may stand within each other 64 deep. No setting needs more than ten."""),
    GH0107("an include finds nothing or itself", """
        'include' takes names of files and patterns ('conf.d/*.yaml'). A pattern that matches no file is a warning, since a
        folder may be empty; files that include each other in a circle are an error."""),
    GH1001("an unknown key", """
        Keys are checked everywhere, because a misspelt one would silently not be in force. 'allowed here' lists what may
        stand at this place. Keys that begin with 'x-' are yours and never looked at."""),
    GH1002("a key in the wrong place", """
        The key exists, but it means nothing at this place. 'services' says how something is reached, routes say what
        clients see and may do, 'listeners' say where clients come in."""),
    GH1003("a word of another gateway", """
        The thing exists here under another name. One word is used for one thing everywhere: services, instances, routes,
        policies, consumers."""),
    GH1004("not in this version", """
        The key belongs to a part of the language that this version does not have yet. It is refused rather than
        ignored: a file that asks for authentication must not run without it."""),
    GH1005("a key is missing", """
        The section cannot do without this key, and there is no value that would suit everybody."""),
    GH1006("a name is given twice", """
        Names are unique over all files, included ones too. Two things of one name would mean that one is not in force. So
        are the ids of API keys, and the keys themselves: a key is one consumer's only."""),
    GH1101("a name is used that is not defined", """
        A route or a tcp listener names a service, a route a setting under 'policies', a consumer a plan, or a plan a
        route, that no file defines."""),
    GH1102("settings extend each other in a circle", """
        'extends' takes the values of another named setting and changes some. Following it has to end somewhere."""),
    GH1103("a parameter is not in the path", """
        '{name}' in 'rewrite', 'redirect' or an answer is what the route's path calls so: '/users/{id}' gives {id}, and a
        path that ends in '/**' gives {rest}. Facts about the request have a dot: {query.lang}."""),
    GH1201("two routes match the same requests", """
        Routes are told apart by priority, host, shape of the path, and the number of further conditions. Two that are
        equal in all of these would leave it to chance which one answers, so the file is refused. The example is a request
        both would answer."""),
    GH1202("a route is never reached", """
        Every request this route matches is answered by a route that comes before it in the order of matching."""),
    GH1203("a pattern that cannot be read", """
        Paths are '/users', '/users/{id}', '/files/*.png', '/admin/**' or '~' and an expression of RE2; hosts are
        'api.example.com' or '*.example.com'. The caret stands at the first character that does not fit."""),
    GH1204("two regular expressions under one host", """
        Which of two expressions is more specific cannot be known, so 'priority' has to say which one is tried first,
        unless methods or other conditions keep them apart."""),
    GH1205("a route that cannot be made", """
        What the route says is well formed, but nothing that runs can be made of it: a file for its answer cannot be
        read, or the plug-in behind one of its settings refuses it. The message is the reason it gave."""),
    GH1206("TLS that cannot be set up", """
        A certificate, a key or a list of authorities cannot be used: the file holds something else, the password does not
        open it, the key does not belong to the certificate. The message is the reason. Nothing runs without it, since
        that would be less safe than what the file asks for."""),
    GH1301("a value without its unit, or with a wrong one", """
        Times need ms, s, m, h or d (300ms, 30s), sizes B, KiB, MiB or GiB (64KiB, 10MiB), shares % (20%). Only 0 needs no
        unit. A bare number would be read as seconds by one and as milliseconds by the next. Bare numbers are accepted
        only for older spellings of settings that come with later versions: there are none in this one."""),
    GH1302("a value of another kind", """
        The key takes another kind of value: a list, a map of keys and values, a number, true or false, a word. 'yes', 'no',
        'on' and 'off' are text in YAML 1.2: write true or false. A number in quotes is text too."""),
    GH1303("a value outside of its bounds", """
        The least and the greatest value stand in the message and on the reference page of the section."""),
    GH1304("not one of the known words", """
        The key takes one of a few words, which the message lists. They are written in lower case with '_'."""),
    GH1305("a value that makes no sense", """
        The value, or values that stand together, contradict a rule of the section; the message says which."""),
    GH1306("a condition that makes no sense", """
        Conditions, as in 'require', are checked when the file is loaded: they ask for facts that exist ('jwt.sub',
        'path.userId', 'client.ip') and compare what can be compared. Texts have quotes, a role is written role:admin. The
        guide on expressions has the grammar."""),
    GH1401("an environment variable is not set", """
        '${env:NAME}' is replaced by the variable when the file is loaded; '${env:NAME:-text}' has a default for when it is
        not set or empty. Values are put in after the file was read as YAML, so they cannot change its structure, and they
        are masked in everything that is shown."""),
    GH1402("a file for a value cannot be read", """
        '${file:path}' is replaced by the content of a file, without the last line end; the path is relative to the file it
        stands in. The file must be UTF-8 and not larger than 1 MiB."""),
    GH1403("a placeholder that is not understood", """
        Placeholders are '${env:NAME}', '${env:NAME:-default}' and '${file:path}'. Write '$${' for a literal '${'."""),
    GH1601("a route without an answer, or with two", """
        A route has exactly one of 'service', 'respond' and 'redirect', its own or that of its group."""),
    GH1602("keys that exclude each other", """
        The keys mean something alone, but not together; the message says which one to keep."""),
    GH1603("a module is missing", """
        What the section asks for is done by a module that is a jar of its own, beside the others in 'lib', and that is not
        there: 'tracing' needs gatehouse-otel and the jars of OpenTelemetry, 'acme' needs gatehouse-acme and the jars of
        acme4j."""),
    GH1604("credentials of the demo where others can reach them", """
        Tokens of the issuer 'gatehouse-demo' and keys that begin with 'demo_' are in every copy of Gatehouse: everybody
        has them. They are believed only where every listener is bound to a loopback address."""),
    GH1701("a plug-in cannot be loaded", """
        Each jar in the folder of plug-ins, or folder of jars in it, brings policies or sections of the file. One that
        is broken, that lacks a class, that was compiled for a later Java or that brings nothing is refused, and with it
        the file: nobody knows what the file may say without its plug-ins."""),
    GH1702("two plug-ins want the same key", """
        A slot on routes, or a section of the file, belongs to one plug-in, and the keys of Gatehouse itself to none. Take
        one of the two away."""),
    GH1801("a request test fails", """
        The configuration has no mistake, but it does not do what a test beside it promises. 'tests' at the top of the
        file names the tests it has to pass before it runs; 'gatehouse test' shows the same with more room. Mend the
        configuration, or the test when the promise has changed."""),
    GH2001("a silenced warning without a reason", """
        '# gatehouse:ignore CODE reason="…"' on the line of a warning, or the line above, silences it. The reason is for
        whoever reads the file next, and is required."""),
    GH2101("a route is open to everybody, and nothing says that it should be", """
        The file knows ways to find out who calls, and this route asks for none: neither it nor its group nor 'defaults'
        says 'auth'. 'auth: none' says that everybody may use it."""),
    GH2102("defined but never used", """
        No route uses it, no tcp listener, and no consumer in the file. That is either left over or a misspelt reference
        elsewhere. Of plans nothing is said where there is a store: consumers made by 'gatehouse keys create --plan' may have
        them."""),
    GH2103("an included pattern matches no file", """
        The folder may be empty on purpose; but if settings were expected there, they are not in force."""),
    GH2203("one backup has to carry everything", """
        When no primary instance is left, all requests go to the backups. One alone gets what several carried before."""),
    GH2204("a collector's port for gRPC", """
        Traces are sent by OTLP over HTTP, for which collectors listen on port 4318; 4317 is where they speak gRPC, and refuse
        everything else. If yours speaks HTTP there, silence this with a reason."""),
    GH2205("a service that nobody verifies", """
        With 'verify: false' the gateway speaks TLS with whoever answers, and whoever can get between the two reads and
        changes everything. 'ca' names the authorities that are believed instead of those of the Java runtime, a
        self-signed certificate among them; 'server_name' names whom the certificate is for."""),
    GH2206("settings of TLS for a service without it", """
        A service's 'tls' is used with instances that are written as https://. None of this one's is, so that everything
        is sent in the clear."""),
    GH2207("a certificate that is over, or soon will be", """
        Clients refuse a certificate before its time and after it. This is told 14 days before one ends, and of what is
        stapled to it as well. New files are taken as soon as they are there: the gateway need not be told."""),
    GH2210("gRPC to a service of HTTP/1.1", """
        gRPC needs HTTP/2 to the service as well. Without TLS that has to be said, 'protocol: grpc' or h2; with TLS the two
        agree on it by themselves, unless 'protocol: http/1.1' keeps them from it. Calls sent over HTTP/1.1 are refused."""),
    GH2211("a setting to look at twice", """
        The setting is well formed and in force, and what it says is rarely meant to stay: rules about roles that are
        switched off, for one. The message says what follows from it.""");

    private final String title;
    private final String explanation;

    Code(String title, String explanation) {
        this.title = title;
        this.explanation = explanation;
    }

    /// The code of this name in any case: `gh1001`.
    public static Optional<Code> of(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(code -> code.name().equals(name)).findFirst();
    }

    public String title() {
        return title;
    }

    /// One paragraph, in lines of at most 120 characters.
    public String explanation() {
        return explanation;
    }
}

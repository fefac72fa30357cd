package dev.gatehouse.http1;

/// Why a head or a body was refused. Each carries the status a client gets for it and one sentence that names the
/// rule. In an answer of a service every one of them means the same: the answer is broken (502).
public enum HeadFault {
    METHOD_INVALID(400, "The method contains a character that is not allowed in a method."),
    METHOD_TOO_LONG(501, "The method is longer than 32 bytes."),
    METHOD_NOT_ALLOWED(405, "CONNECT and TRACE are not served here."),
    HTTP2_PREFACE(400, "This port speaks HTTP/1.1; the connection opened with the HTTP/2 preface."),
    REQUEST_LINE_TOO_LONG(414, "The request line is longer than allowed."),
    REQUEST_LINE_INVALID(400, "The request line is not 'method target HTTP/1.1'."),
    VERSION_UNSUPPORTED(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."),
    TARGET_INVALID(400, "The request target contains a character that is not allowed there."),
    TARGET_ENCODING_INVALID(400, "The request target contains a percent-encoding that is broken or not allowed."),
    TARGET_DOT_SEGMENTS(
            400, "The path's dot segments lead out of the root, carry parameters or stand beside an escaped slash."),
    AUTHORITY_INVALID(400, "The host is not a valid host name or address with an optional port."),
    HOST_MISSING(400, "An HTTP/1.1 request needs a Host field."),
    HOST_TWICE(400, "The request has more than one Host field."),
    HEAD_TOO_LARGE(431, "The head is larger than allowed."),
    TOO_MANY_FIELDS(431, "The head has more fields than allowed."),
    STATUS_LINE_INVALID(502, "The status line is not 'HTTP/1.1 three-digits reason'."),
    LINE_END_INVALID(400, "A line ends in a bare CR or a bare LF; lines end in CR LF."),
    LINE_FOLDED(400, "A field is folded over two lines."),
    FIELD_NAME_INVALID(400, "A field name is empty or contains a character that is not allowed in names."),
    FIELD_VALUE_INVALID(400, "A field value contains a control character."),
    CONNECTION_OPTIONS(400, "The Connection field lists more options than allowed."),
    CONTENT_LENGTH_INVALID(400, "Content-Length is not one decimal number."),
    CONTENT_LENGTH_TWICE(400, "The message has more than one Content-Length."),
    LENGTH_AND_CODING(400, "The message has both Content-Length and Transfer-Encoding."),
    CODING_IN_HTTP_1_0(400, "Transfer-Encoding does not exist in HTTP/1.0."),
    CODING_NOT_CHUNKED(400, "Transfer-Encoding must be exactly 'chunked'."),
    CODING_UNKNOWN(501, "A transfer coding other than 'chunked' is not supported."),
    EXPECTATION_UNKNOWN(417, "The only expectation that can be met is 100-continue."),
    CHUNK_INVALID(400, "The chunked body is broken: a size, an extension or a line end is wrong."),
    TRAILERS_TOO_LARGE(431, "The trailer section is larger than allowed.");

    private final int status;
    private final String sentence;

    HeadFault(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /// The status for a client that sent this.
    public int status() {
        return status;
    }

    /// One English sentence for the answer's body and the log.
    public String sentence() {
        return sentence;
    }
}

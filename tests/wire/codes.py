"""The registered SIP response codes and what a Response block may do with each.

Written down a second time on purpose: the server has its own table, and this one judges it.
Verdicts: OK, WARN, AUTO (the server adds a header), ASK (needs another field), NO (refused).
"""

CODES = {
    100: ("Trying", "NO"), 180: ("Ringing", "NO"), 181: ("Call Is Being Forwarded", "NO"),
    182: ("Queued", "NO"), 183: ("Session Progress", "NO"), 199: ("Early Dialog Terminated", "NO"),
    200: ("OK", "NO"), 202: ("Accepted", "NO"), 204: ("No Notification", "NO"),
    300: ("Multiple Choices", "ASK"), 301: ("Moved Permanently", "ASK"),
    302: ("Moved Temporarily", "ASK"), 305: ("Use Proxy", "NO"),
    380: ("Alternative Service", "NO"),
    400: ("Bad Request", "WARN"), 401: ("Unauthorized", "NO"), 402: ("Payment Required", "WARN"),
    403: ("Forbidden", "OK"), 404: ("Not Found", "OK"), 405: ("Method Not Allowed", "AUTO"),
    406: ("Not Acceptable", "WARN"), 407: ("Proxy Authentication Required", "NO"),
    408: ("Request Timeout", "WARN"), 410: ("Gone", "OK"),
    412: ("Conditional Request Failed", "NO"), 413: ("Request Entity Too Large", "WARN"),
    414: ("Request-URI Too Long", "WARN"), 415: ("Unsupported Media Type", "AUTO"),
    416: ("Unsupported URI Scheme", "WARN"), 417: ("Unknown Resource-Priority", "NO"),
    420: ("Bad Extension", "NO"), 421: ("Extension Required", "NO"),
    422: ("Session Interval Too Small", "NO"), 423: ("Interval Too Brief", "NO"),
    424: ("Bad Location Information", "NO"), 425: ("Bad Alert Message", "NO"),
    428: ("Use Identity Header", "WARN"), 429: ("Provide Referrer Identity", "NO"),
    430: ("Flow Failed", "NO"), 433: ("Anonymity Disallowed", "OK"),
    436: ("Bad Identity Info", "WARN"), 437: ("Unsupported Credential", "WARN"),
    438: ("Invalid Identity Header", "WARN"), 439: ("First Hop Lacks Outbound Support", "NO"),
    440: ("Max-Breadth Exceeded", "NO"), 469: ("Bad Info Package", "NO"),
    470: ("Consent Needed", "NO"), 480: ("Temporarily Unavailable", "OK"),
    481: ("Call/Transaction Does Not Exist", "NO"), 482: ("Loop Detected", "WARN"),
    483: ("Too Many Hops", "WARN"), 484: ("Address Incomplete", "WARN"),
    485: ("Ambiguous", "OK"), 486: ("Busy Here", "OK"), 487: ("Request Terminated", "NO"),
    488: ("Not Acceptable Here", "AUTO"), 489: ("Bad Event", "NO"),
    491: ("Request Pending", "NO"), 493: ("Undecipherable", "NO"),
    494: ("Security Agreement Required", "NO"), 500: ("Server Internal Error", "WARN"),
    501: ("Not Implemented", "WARN"), 502: ("Bad Gateway", "WARN"),
    503: ("Service Unavailable", "WARN"), 504: ("Server Time-out", "WARN"),
    505: ("Version Not Supported", "NO"), 513: ("Message Too Large", "WARN"),
    555: ("Push Notification Service Not Supported", "NO"), 580: ("Precondition Failure", "NO"),
    600: ("Busy Everywhere", "OK"), 603: ("Decline", "OK"),
    604: ("Does Not Exist Anywhere", "OK"), 606: ("Not Acceptable", "AUTO"),
    607: ("Unwanted", "OK"), 608: ("Rejected", "ASK"),
}
RETRY_AFTER = (404, 413, 480, 486, 500, 503, 600, 603)  # RFC 3261 20.33
# RFC 3398 8.2.6.1, and the project's own choice for codes that it does not name.
CAUSES = {
    400: 41, 402: 21, 403: 21, 404: 1, 405: 63, 406: 79, 408: 102, 410: 22, 413: 127, 414: 127,
    415: 79, 416: 127, 480: 18, 482: 25, 483: 25, 484: 28, 485: 1, 486: 17, 500: 41, 501: 79,
    502: 38, 503: 41, 504: 102, 513: 127, 600: 17, 603: 21, 604: 1,
    428: 21, 433: 21, 436: 21, 437: 21, 438: 21, 607: 21, 608: 21,
}
SILENT = (488, 606)  # "by Warning": any cause, or none, is right


def accepted():
    """[(code, phrase)] that a block may send as it stands."""
    return [(c, name) for c, (name, verdict) in CODES.items() if verdict in ("OK", "WARN", "AUTO")]


def refused():
    return [code for code, (_, verdict) in CODES.items() if verdict == "NO"]


assert len(CODES) == 75

"""Call flow documents and the numbers they stand on."""

import itertools

_numbers = itertools.count(2000)


def number():
    """A number that no other flow of this run has."""
    return str(next(_numbers))


def node(module, data=None, children=None):
    return {"module": module, "data": data or {}, "children": children or {}}


def document(extension, flow, name=None):
    return {"id": f"f{extension}", "name": name or f"flow {extension}", "numbers": [extension],
            "flow": flow}


def response(code, message=None, media=None, **fields):
    data = {"code": code}
    if message is not None:
        data["message"] = message
    if media is not None:
        data["media"] = media
    return node("response", data | fields)


def early(media, then):
    """Media before an answer, then the next block."""
    return node("play", {"id": media, "answer": False}, {"_": then})


def played(media, then):
    """Media in an answered call."""
    return node("play", {"id": media, "answer": True}, {"_": then})


def sleep(milliseconds, then):
    return node("sleep", {"duration": milliseconds, "unit": "ms"}, {"_": then})


def subflow(flow_id, then=None):
    return node("callflow", {"id": flow_id}, {"_": then} if then else {})


def menu(greeting, children, **fields):
    return node("menu", {"greeting": greeting} | fields, children)


def collect(then, **fields):
    return node("collect_dtmf", fields, {"_": then})


def branch(variable, children):
    return node("branch_variable", {"variable": variable}, children)

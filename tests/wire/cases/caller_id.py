"""What a phone is shown of the caller: Set Caller ID, Prepend, Privacy, Distinctive Ring."""

import flows
import judge
from cases.seats import NUMBER, office, phone
from runner import case


def then_ring(*blocks):
    """A callflow of these blocks, then Anna's phone."""
    flow = flows.node("user", {"id": "anna", "timeout": 3})
    for module, data in reversed(blocks):
        flow = flows.node(module, data, {"_": flow})
    return flows.document(NUMBER, flow)


HIDDEN = then_ring(("privacy", {"mode": "full"}),
                   ("set_alert_info", {"alert_info": "<http://127.0.0.1/Bellcore-dr3>"}))
PREFIXED = then_ring(("set_cid", {"caller_id_name": "Door", "caller_id_number": "300"}),
                     ("prepend_cid", {"caller_id_name_prefix": "Sales: ",
                                      "caller_id_number_prefix": "9", "apply_to": "current"}))


def refused_by(world, document, scenario):
    with office(world, document) as server, world.caller(server=server) as caller:
        with phone(server, scenario) as desk:
            judge.plainly_refused(caller.invite(NUMBER), 486, "Number busy")
            desk.must_be_content()


@case("caller id: a hidden caller is anonymous, with Privacy: id; Alert-Info says how to ring")
def hidden(world):
    refused_by(world, HIDDEN, "phone_busy_hidden")


@case("caller id: another name and number, each behind a prefix")
def prefixed(world):
    refused_by(world, PREFIXED, "phone_busy_prefixed")

"""What no schema can say, and what is not to be done to the caller itself."""

import json
import os

import schemathesis

# Members and parameters that the server may refuse although they are as their schema says, and why.
BEYOND_SCHEMAS = {
    "page_token": "is opaque: only the server knows which it gave out, and for which list",
    "to": "is later than from, and not too much later",
    "from": "is earlier than to",
    "client_ip": "is an address of one of two families, in any of their spellings",
    "allowed_addresses": "are addresses or blocks of them, with no bit set past their prefix",
    "owner_id": "is a member of the company",
    "new_owner": "is another member of the same company",
    "starts_at": "is earlier than the end",
    "expires_at": "is later than the start",
    "expires_in_seconds": "is not given beside expires_at",
    "digest": "is not given beside secret, and is as long as its form says",
    "digest_form": "is given with digest",
    "secret": "is not given beside digest, and has the form of its origin",
    "limits": "have different names",
    "quota": "has both members of a refill or neither",
    "metadata": "is bounded as a whole",
    "action": "is one of those that there are; the document leaves room for those to come",
    "page": "has a size that whoever runs the server bounds",
    "If-Match": "is a list of entity tags, which its pattern says; values that do not match it are made all the same",
    "start_time": "is a day of the calendar",
    "end_time": "is a day of the calendar",
    "create_time": "is a day of the calendar",
    "update_time": "is a day of the calendar",
}

# Query parameters of ocamba that are as absent when they are empty (O30, O42), which its patterns leave out: they give
# one plain way to spell each thing.
EMPTY_IS_ABSENT = ("view", "fields", "sort", "q_fields")

LONGEST_FILTER = 24_000

# Ids that nothing has.
NOBODY = {"id": "01900000-0000-7000-8000-000000000000", "company": "999999999", "member": "999999999"}


def refused(response):
    """The members that an answer of 400 names, and what it says of them."""
    try:
        body = json.loads(response.content)
        errors = body.get("errors") or body["details"]["errors"]
        return {error["field"]: error["reason"] for error in errors}
    except (ValueError, KeyError, TypeError):
        return {}


def is_beyond_schemas(operation, field, reason):
    if field == "keys":
        # Of the items of a batch it is told in words: keys[0].client_ip must be …
        return any(f".{name} " in reason for name in BEYOND_SCHEMAS)
    if field == "body":
        # A change that changes nothing (O50), and U+0000 in the name of a member that no schema knows (O20).
        return operation == "key_update" or "U+0000" in reason
    return field in BEYOND_SCHEMAS


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Whether a failure counts."""
    # A target or a head that is too large is refused by the HTTP parser, before it is known what is asked for (O3a).
    if response.status_code in (414, 431):
        return False
    kind = type(failure).__name__
    operation = case.operation.definition.raw.get("operationId")
    if kind == "RejectedPositiveData" and response.status_code == 400:
        fields = refused(response)
        return not fields or not all(is_beyond_schemas(operation, *field) for field in fields.items())
    if kind == "AcceptedNegativeData":
        query = case.query or {}
        if any(query.get(name) == "" for name in EMPTY_IS_ABSENT):
            return False
        # The number of a filter's values is bounded, and the document gives the length of the longest that could be: one
        # that is longer and has few values finds nothing (O44).
        if len(query.get("name") or "") > LONGEST_FILTER:
            return False
        # Without a search, what it would search is ignored (O43).
        if "q_fields" in query and not query.get("q"):
            return False
        # Each key of an import has a verdict of its own, in an answer of 200 (K134).
        return not (operation == "key_import" and response.status_code == 200)
    # To the other methods of its path, /validate is an id that no key has (O80).
    return not (kind == "UnsupportedMethodResponse" and operation == "key_validate")


@schemathesis.hook
def before_call(context, case, kwargs):
    """Points what would change the caller, its member or its company at nobody: whoever asks is to last."""
    if case.method.upper() in ("GET", "HEAD", "OPTIONS"):
        return
    own = {"id": os.environ["BITTING_KEY"], "company": "1", "member": "1"}
    for name, value in own.items():
        if str((case.path_parameters or {}).get(name)) == value:
            case.path_parameters[name] = NOBODY[name]

"""What the public door takes and gives, for programs: OpenAPI 3.1, read from the forms."""

from forms_api.door.door import MOST_BYTES
from forms_api.forms.tables import Field, Form
from forms_api.keys.receipts import LENGTH
from forms_api.words import LANGUAGES

ERROR = {
    "type": "object",
    "required": ["ok", "error", "faults"],
    "properties": {
        "ok": {"const": False},
        "error": {"type": "string", "description": "What to do, in the language of the request"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "kind", "message"],
                "properties": {"field": {"type": "string"}, "kind": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}
RECEIVED = {
    "type": "object",
    "required": ["ok", "receipt", "received_on", "answer_by"],
    "properties": {
        "ok": {"const": True},
        "receipt": {"type": "string", "pattern": rf"^\d{{{LENGTH}}}$"},
        "received_on": {"type": "string", "format": "date", "description": "In the hub's time zone"},
        "answer_by": {"type": "string", "format": "date", "description": "In the hub's time zone"},
    },
}
REFUSALS = {
    "400": "The body is not UTF-8, not a JSON object, or has too many parts",
    "403": "Sent by another site",
    "408": "The body did not arrive within 20 seconds",
    "413": f"The body is over {MOST_BYTES} bytes",
    "415": "Neither an ordinary form nor JSON",
    "422": "Some answers need correcting; see faults",
    "429": "Too many from this address: nothing is stored; send it again after Retry-After seconds",
    "503": "Not stored: send the same again, with the same token, after Retry-After seconds",
}


def describe(forms: dict[str, Form], title: str) -> dict:
    """The whole OpenAPI document for ``forms``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": {f"/forms/{name}": {"post": _operation(form)} for name, form in forms.items()},
        "components": {"schemas": {"Error": ERROR, "Received": RECEIVED}},
    }


def answers_schema(form: Form) -> dict:
    """JSON Schema of the answers to ``form`` as a program sends them."""
    properties = {each.name: _property(each) for each in form.fields}
    properties["token"] = {
        "description": "128 random bits or more as hex or base64url, new for each request. The same answers sent again "
        "with the same token are the same request and get the same receipt. Any other token is passed over.",
    }
    properties["language"] = {
        "description": f"Language of the answer: {' or '.join(LANGUAGES)}; for anything else Accept-Language, else id"
    }
    return {
        "type": "object",
        "required": [each.name for each in form.fields if each.required],
        "properties": properties,
        "additionalProperties": False,
    }


def _property(field: Field) -> dict:
    described = {"title": field.text("title", "en")}
    if field.type == "boolean":
        return {**described, "enum": [True, "yes", "true"]}
    if field.choices:
        codes = [choice.code for choice in field.choices]
        return {**described, "enum": codes if field.required else [*codes, "", None]}
    shape = {"type": "string", "minLength": 1} if field.required else {"type": ["string", "null"]}
    if field.longest:
        shape["maxLength"] = field.longest
    if field.control == "tel":
        shape["description"] = "A telephone number; with a country code unless it is in the hub's country"
    return {**described, **shape}


def _as_text(shape: dict) -> dict:
    if "enum" in shape:
        return {**shape, "enum": [each for each in shape["enum"] if isinstance(each, str)]}
    return {**shape, "type": "string"}


def _operation(form: Form) -> dict:
    schema = answers_schema(form)
    # an ordinary form knows text only: what is not answered is empty or left out
    typed = {**schema, "properties": {name: _as_text(each) for name, each in schema["properties"].items()}}
    content = {"application/json": {"schema": schema}, "application/x-www-form-urlencoded": {"schema": typed}}
    responses = {
        code: {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}}
        for code, text in REFUSALS.items()
    }
    responses["201"] = {
        "description": "Stored",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Received"}}},
    }
    responses["303"] = {"description": "Stored; a browser is sent to its receipt"}
    return {
        "operationId": f"send_{form.name}",
        "summary": form.text("title", "en"),
        "requestBody": {"required": True, "content": content},
        "responses": responses,
    }

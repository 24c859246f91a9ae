"""What the public door takes and gives, for programs: OpenAPI 3.1, read from the forms."""

from forms_api.door import MOST_BYTES
from forms_api.receipts import LENGTH
from forms_api.tables import Field, Form
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
    "required": ["ok", "receipt", "received_at", "answer_by"],
    "properties": {
        "ok": {"const": True},
        "receipt": {"type": "string", "pattern": rf"^\d{{{LENGTH}}}$"},
        "received_at": {"type": "string", "format": "date-time", "description": "UTC"},
        "answer_by": {"type": "string", "format": "date", "description": "In the hub's time zone"},
    },
}
REFUSALS = {
    "400": "The body is not UTF-8, not a JSON object, or has too many parts",
    "403": "Sent by another site",
    "413": f"The body is over {MOST_BYTES} bytes",
    "415": "Neither an ordinary form nor JSON",
    "422": "Some answers need correcting; see faults",
    "503": "Not stored: try again later (Retry-After)",
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
    properties["language"] = {"enum": list(LANGUAGES), "description": "Language of the answer; default id"}
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


def _operation(form: Form) -> dict:
    schema = answers_schema(form)
    content = {kind: {"schema": schema} for kind in ("application/json", "application/x-www-form-urlencoded")}
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

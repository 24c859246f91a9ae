"""The description for programs is true: what it allows is taken, what it forbids is refused."""

import jsonschema
import pytest

from forms_api.public.openapi import ERROR, RECEIVED, answers_schema

from . import cast

CASES = [
    {}, {"topic": None}, {"topic": "lottery"}, {"story": ""}, {"story": "x" * 3000}, {"story": "x" * 3001},
    {"consent": None}, {"consent": "no"}, {"consent": True}, {"village": ""}, {"village": "x"}, {"country": "XX"},
    {"nik": "1"}, {"name": None}, {"danger": 1}, {"phone": ""}, {"safe_time": "x" * 201},
]  # fmt: skip


@pytest.mark.parametrize("changed", CASES, ids=str)
def test_the_schema_and_the_door_agree(siti, forms, changed):
    answers = cast.help_request(**changed)
    allowed = jsonschema.Draft202012Validator(answers_schema(forms["help"])).is_valid(answers)
    answer = siti.post("/forms/help", json=answers)
    assert answer.status_code == (201 if allowed else 422)
    jsonschema.validate(answer.json(), RECEIVED if allowed else ERROR)


def test_every_status_the_door_gives_is_described(siti, app):
    document = siti.get("/forms/openapi.json").json()
    described = document["paths"]["/forms/help"]["post"]["responses"]
    answers = [
        siti.post("/forms/help", json=cast.help_request()),
        siti.post("/forms/help", data=cast.help_request()),
        siti.post("/forms/help", json={}),
        siti.post("/forms/help", content=b"{", headers={"content-type": "application/json"}),
        siti.post("/forms/help", content=b"x" * 70_000, headers={"content-type": "application/json"}),
        siti.post("/forms/help", content=b"x", headers={"content-type": "text/plain"}),
        siti.post("/forms/help", json={}, headers={"origin": "https://evil.test"}),
    ]
    while app.state.hub.limits.admit("testclient") is None:
        pass
    answers.append(siti.post("/forms/help", json=cast.help_request()))
    # a body that drips (408) and a store that is gone (503) are met in test_doors.py and test_public.py
    assert {str(answer.status_code) for answer in answers} == set(described) - {"408", "503"}

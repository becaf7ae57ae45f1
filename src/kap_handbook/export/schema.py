"""The JSON Schema of each kind's export, made from its description."""

from typing import Any

from kap_handbook.clinical.kinds import Choice, Kind, Prose, Text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
STRING = {"type": "string"}


def schema_of(kind: Kind) -> dict[str, Any]:
    """Return the schema of ``kb/<kind>.json``."""
    return {
        "$schema": DIALECT,
        "title": kind.plural,
        "type": "object",
        "required": ["kind", "edition", "entries"],
        "additionalProperties": False,
        "properties": {
            "kind": {"const": kind.name},
            "edition": STRING,
            "entries": {"type": "array", "items": entry_schema(kind)},
        },
    }


def entry_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of one entry of *kind*."""
    parts = {
        "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        "title": {"type": "string", "minLength": 1},
        "fields": fields_schema(kind),
        "text": {"type": "string", "description": "the whole entry without markup"},
        "html": {"type": "string", "description": "links are relative to the page"},
        "sources": {"type": "array", "items": SOURCE},
        "page": {"type": "string", "description": "relative to the root of the site"},
        "sha256": {
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
            "description": "of id to sources",
        },
    }
    return {
        "type": "object",
        "required": list(parts),
        "additionalProperties": False,
        "properties": parts,
    }


def fields_schema(kind: Kind) -> dict[str, Any]:
    """Return the schema of an entry's fields: closed lists, texts, and prose without markup."""
    properties: dict[str, Any] = {}
    for field in kind.fields:
        match field:
            case Choice():
                one: dict[str, Any] = {"enum": list(field.values)}
            case Text() | Prose():
                one = STRING
        many = not isinstance(field, Prose) and field.many
        properties[field.name] = {"type": "array", "items": one} if many else one
    return {
        "type": "object",
        "required": [field.name for field in kind.fields if field.required],
        "additionalProperties": False,
        "properties": properties,
    }


SOURCE: dict[str, Any] = {
    "type": "object",
    "required": ["key", "reference"],
    "additionalProperties": False,
    "properties": {
        "key": STRING,
        "reference": {"type": "string", "description": "in Vancouver style"},
        "doi": STRING,
        "pmid": STRING,
        "isbn": STRING,
        "url": STRING,
    },
}

"""Which body is which, and which report is whose: kind and place where they say it, else the name as well.

A county has many towns, a city several zones, and one place a 教育体育局 where others have a 教育局.
"""

from dataclasses import replace

from kg.issuer import UNKNOWN
from kg.model import Division, Header
from kg.place import body_type, official_name
from kg.vocab import body_iri, report_iri


def distinct_name(name: str, kind: str, division: Division | None) -> str | None:
    """Give the name that tells a body from the usual one of its kind in a division (None for the nation), or None for the usual one."""
    own = name[name.find(division.name) :] if division is not None and division.name in name else name
    return None if own == official_name(body_type(kind), division) else own


def with_iris(header: Header) -> Header:
    """Name the issuer and the report of a header; an issuer that is not recognised is known by the report's title."""
    name = header.issuer if header.issuer != UNKNOWN else header.title
    issuer = body_iri(header.home, header.issuer_type, distinct_name(name, header.issuer_type, header.division))
    return replace(header, iri=report_iri(issuer, header.year), issuer_iri=issuer)

"""Where a service is: locations of Open Referral UK 3.0 and of the older layouts."""

from __future__ import annotations

from linkwell.interop.openreferral.records import LocationRecord, TermRecord
from linkwell.interop.openreferral.values import Raw, Reader
from linkwell.kernel import postcode

# The `link_type` of attributes that carry a value of their own and are no terms.
MORE = "more"
_KINDS = ("physical", "postal", "virtual")


def locations(read: Reader, service: Raw) -> tuple[LocationRecord, ...]:
    """Every place of a service, each once: `service_at_locations`, or `locations` given directly."""
    found: dict[str, LocationRecord] = {}
    for _, link in read.parts(service, "service_at_locations", "service_at_location"):
        for _, raw in read.parts(link, "location"):
            _keep(found, _location(read, raw))
    for _, raw in read.parts(service, "locations", "location"):
        _keep(found, _location(read, raw))
    return tuple(found.values())


def _keep(found: dict[str, LocationRecord], place: LocationRecord) -> None:
    found.setdefault(place.id or f"{place.name}|{place.postcode}|{len(found)}", place)


def _location(read: Reader, raw: Raw) -> LocationRecord:
    lines, town, code = _address(read, raw)
    latitude, longitude = _coordinates(read, raw)
    kind = read.line(raw, "location_type", "kind").lower()
    return LocationRecord(
        id=read.line(raw, "id"),
        kind=kind if kind in _KINDS else "physical",
        name=read.line(raw, "name"),
        description=read.plain(raw, "description"),
        address=lines,
        town=town,
        postcode=code,
        latitude=latitude,
        longitude=longitude,
        accessibility=_accessibility(read, raw),
        transport=read.plain(raw, "transportation"),
        terms=terms(read, raw),
    )


def _coordinates(read: Reader, raw: Raw) -> tuple[float | None, float | None]:
    latitude = read.number(raw, "latitude", -90, 90)
    longitude = read.number(raw, "longitude", -180, 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _address(read: Reader, raw: Raw) -> tuple[tuple[str, ...], str, str]:
    """Lines, town and postcode of the physical address, or of the first one of any kind."""
    given = [each for _, each in read.parts(raw, "addresses", "physical_addresses", "address", "physical_address")]
    given.sort(key=lambda each: read.line(each, "address_type").lower() not in ("", "physical"))
    for each in given:
        town = read.line(each, "city")
        lines = [read.line(each, name) for name in ("address_1", "address_2", "region")]
        code = _postcode(read, each)
        if town or code or any(lines):
            return tuple(line for line in lines if line and line != town), town, code
    return (), "", ""


def _postcode(read: Reader, raw: Raw) -> str:
    said = read.line(raw, "postal_code", "postcode")
    if said and postcode.problem(said):
        read.note("postal_code", "This is not a full UK postcode, and was left out.")
        return ""
    return postcode.normalise(said)


def _accessibility(read: Reader, raw: Raw) -> tuple[str, ...]:
    said: dict[str, None] = {}
    for _, each in read.parts(raw, "accessibility", "accessibility_for_disabilities"):
        lines = (read.line(each, name) for name in ("accessibility", "description", "details"))
        said.update((line, None) for line in lines if line)
    return tuple(said)


def terms(read: Reader, raw: Raw) -> tuple[TermRecord, ...]:
    """Terms put on a thing: `attributes`, and the `service_taxonomys`, `link_taxonomies` of before."""
    found: dict[TermRecord, None] = {}
    for _, link in read.parts(raw, "attributes", "service_taxonomys", "service_taxonomies", "link_taxonomies"):
        if read.line(link, "link_type") == MORE:
            continue
        for _, term in read.parts(link, "taxonomy_term", "taxonomy"):
            name = read.line(term, "name", "term")
            detail = term.get("taxonomy_detail")
            vocabulary = read.line(term, "taxonomy", "vocabulary") or (
                read.line(detail, "name") if isinstance(detail, dict) else ""
            )
            if name:
                found[TermRecord(name, vocabulary, read.web(term, "term_uri"))] = None
    return tuple(found)

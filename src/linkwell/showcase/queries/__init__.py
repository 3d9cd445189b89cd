"""Every read of releases."""

from linkwell.showcase.queries.releases import (
    newest,
    newest_of_all_areas,
    others_of,
    places,
    published,
    release,
    releases,
)

__all__ = ["newest", "newest_of_all_areas", "others_of", "places", "published", "release", "releases"]

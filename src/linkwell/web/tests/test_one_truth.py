"""If this fails, somebody may be decided about by what was true a while ago."""

import pytest
from django.conf import settings


@pytest.mark.fault("F35")
def test_every_read_is_of_the_database_that_is_written_to() -> None:
    # Two logins of one database: the program's and the administrator's. A copy that lags behind would be a third.
    assert set(settings.DATABASES) == {"default", "admin"}
    assert settings.DATABASE_ROUTERS == []
    places = {tuple(each[part] for part in ("HOST", "PORT", "NAME")) for each in settings.DATABASES.values()}
    assert len(places) == 1

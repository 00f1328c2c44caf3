"""Settings of review's processes: nothing beyond what all services have."""

from shared.settings import ServiceName, Settings


class ReviewSettings(Settings):
    """See ``shared.settings``."""

    service: ServiceName = "review"

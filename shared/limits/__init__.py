"""How often one client may ask: per class of cost, in process or over all processes by Valkey."""

from shared.limits.classes import Cost, costs
from shared.limits.limiter import Limiter
from shared.limits.windows import Windows, open_windows

__all__ = ["Cost", "Limiter", "Windows", "costs", "open_windows"]

"""Area 5, agreements: requirements 5.1 to 5.5."""

from forvaltning.krav.omrade5.k5_2_avtaleeier import KRAV_5_2
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_5_2,)

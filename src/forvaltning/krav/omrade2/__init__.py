"""Area 2, safe and available services: requirements 2.1 to 2.3."""

from forvaltning.krav.omrade2.k2_1_overlevering import KRAV_2_1
from forvaltning.krav.omrade2.k2_2_sikring import KRAV_2_2
from forvaltning.krav.omrade2.k2_3_indikatorer import KRAV_2_3
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_2_1, KRAV_2_2, KRAV_2_3)

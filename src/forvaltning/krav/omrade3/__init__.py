"""Area 3, data and information: requirements 3.1 to 3.5."""

from forvaltning.krav.omrade3.k3_1_lovverk import KRAV_3_1
from forvaltning.krav.omrade3.k3_2_orden import KRAV_3_2
from forvaltning.krav.omrade3.k3_3_begreper import KRAV_3_3
from forvaltning.krav.omrade3.k3_4_datasett import KRAV_3_4
from forvaltning.krav.omrade3.k3_5_dataflyt import KRAV_3_5
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_3_1, KRAV_3_2, KRAV_3_3, KRAV_3_4, KRAV_3_5)

"""Area 7, enterprise architecture: requirements 7.1 to 7.3."""

from forvaltning.krav.omrade7.k7_1_prinsipper import KRAV_7_1
from forvaltning.krav.omrade7.k7_2_konsept import KRAV_7_2
from forvaltning.krav.omrade7.k7_3_sjekkliste import KRAV_7_3
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_7_1, KRAV_7_2, KRAV_7_3)

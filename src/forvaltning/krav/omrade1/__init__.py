"""Area 1, governance of systems: requirements 1.1 to 1.6."""

from forvaltning.krav.omrade1.k1_1_ansvarslinje import KRAV_1_1
from forvaltning.krav.omrade1.k1_2_serviceprosess import KRAV_1_2
from forvaltning.krav.omrade1.k1_3_arbeidsprosesser import KRAV_1_3
from forvaltning.krav.omrade1.k1_4_rutiner import KRAV_1_4
from forvaltning.krav.omrade1.k1_5_henvendelser import KRAV_1_5
from forvaltning.krav.omrade1.k1_6_systemoversikt import KRAV_1_6
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_1_1, KRAV_1_2, KRAV_1_3, KRAV_1_4, KRAV_1_5, KRAV_1_6)

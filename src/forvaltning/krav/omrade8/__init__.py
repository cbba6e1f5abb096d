"""Area 8, user experience and accessibility: requirements 8.1 to 8.3."""

from forvaltning.krav.omrade8.k8_1_brukskvalitet import KRAV_8_1
from forvaltning.krav.omrade8.k8_2_klart_sprak import KRAV_8_2
from forvaltning.krav.omrade8.k8_3_universell_utforming import KRAV_8_3
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_8_1, KRAV_8_2, KRAV_8_3)

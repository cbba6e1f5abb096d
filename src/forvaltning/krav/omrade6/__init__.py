"""Area 6, portfolio and projects: requirements 6.1 to 6.5."""

from forvaltning.krav.omrade6.k6_1_begrunnelse import KRAV_6_1
from forvaltning.krav.omrade6.k6_2_anbefaling import KRAV_6_2
from forvaltning.krav.omrade6.k6_3_produkter import KRAV_6_3
from forvaltning.krav.omrade6.k6_4_status import KRAV_6_4
from forvaltning.krav.omrade6.k6_5_kvalitetsansvarlig import KRAV_6_5
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_6_1, KRAV_6_2, KRAV_6_3, KRAV_6_4, KRAV_6_5)

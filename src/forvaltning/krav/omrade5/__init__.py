"""Area 5, agreements: requirements 5.1 to 5.5."""

from forvaltning.krav.omrade5.k5_1_kontrakt import KRAV_5_1
from forvaltning.krav.omrade5.k5_2_avtaleeier import KRAV_5_2
from forvaltning.krav.omrade5.k5_3_drift_og_forvaltning import KRAV_5_3
from forvaltning.krav.omrade5.k5_4_oppfolging import KRAV_5_4
from forvaltning.krav.omrade5.k5_5_databehandleravtale import KRAV_5_5
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_5_1, KRAV_5_2, KRAV_5_3, KRAV_5_4, KRAV_5_5)

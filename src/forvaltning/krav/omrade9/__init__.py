"""Area 9, innovation and sustainability: requirements 9.1 and 9.2."""

from forvaltning.krav.omrade9.k9_1_innovasjon import KRAV_9_1
from forvaltning.krav.omrade9.k9_2_gjenbruk import KRAV_9_2
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_9_1, KRAV_9_2)

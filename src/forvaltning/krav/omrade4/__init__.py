"""Area 4, privacy and information security: requirements 4.1 to 4.7."""

from forvaltning.krav.omrade4.k4_1_risikostyring import KRAV_4_1
from forvaltning.krav.omrade4.k4_2_ros import KRAV_4_2
from forvaltning.krav.omrade4.k4_3_dpia import KRAV_4_3
from forvaltning.krav.omrade4.k4_4_protokoll import KRAV_4_4
from forvaltning.krav.omrade4.k4_5_anskaffelse import KRAV_4_5
from forvaltning.krav.omrade4.k4_6_leverandoroppfolging import KRAV_4_6
from forvaltning.krav.omrade4.k4_7_opplaering import KRAV_4_7
from forvaltning.krav.typer import Krav

KRAV: tuple[Krav, ...] = (KRAV_4_1, KRAV_4_2, KRAV_4_3, KRAV_4_4, KRAV_4_5, KRAV_4_6, KRAV_4_7)

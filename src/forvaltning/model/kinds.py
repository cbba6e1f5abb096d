"""The record kinds: folder name → model, in the order that reports list them."""

from __future__ import annotations

from forvaltning.model.avtale import Avtale
from forvaltning.model.base import Post
from forvaltning.model.behandling import Behandling
from forvaltning.model.datasett import Begrep, Datasett
from forvaltning.model.dpia import Dpia
from forvaltning.model.enhet import Enhet
from forvaltning.model.hendelser import Avvik, Endring, Overlevering
from forvaltning.model.integrasjon import Integrasjon
from forvaltning.model.leverandor import Leverandor
from forvaltning.model.prosjekt import Prosjekt
from forvaltning.model.rolle import Rolle
from forvaltning.model.ros import Ros
from forvaltning.model.system import System
from forvaltning.model.tjeneste import Tjeneste

KINDS: dict[str, type[Post]] = {
    m.kind: m
    for m in (
        Tjeneste,
        System,
        Integrasjon,
        Rolle,
        Enhet,
        Leverandor,
        Avtale,
        Ros,
        Dpia,
        Behandling,
        Datasett,
        Begrep,
        Prosjekt,
        Endring,
        Overlevering,
        Avvik,
    )
}

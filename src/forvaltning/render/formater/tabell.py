"""The table of machine formats: name, function, file suffix and description. Choices, docs and tests read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from forvaltning.render.formater.azure import azure
from forvaltning.render.formater.csv_fil import csv_funn, csv_vurderinger
from forvaltning.render.formater.github import github
from forvaltning.render.formater.gitlab import gitlab
from forvaltning.render.formater.grunnlag import Grunnlag
from forvaltning.render.formater.junit import junit
from forvaltning.render.formater.markdown import markdown
from forvaltning.render.formater.sarif import sarif, sarif_full


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `lag` gives the text in pieces; it is written as UTF-8 with its line ends as they are.

    `alle`: it tells of green verdicts too, so it wants every verdict. `logg`: its lines are meant for the log
    of a build rather than for a file.
    """

    lag: Callable[[Grunnlag], Iterator[str]]
    endelse: str
    beskrivelse: str
    alle: bool = False
    logg: bool = False


FORMATER: dict[str, Format] = {
    "github": Format(github, ".txt", "Merknader i GitHub Actions (arbeidsflytkommandoer).", logg=True),
    "sarif": Format(sarif, ".sarif", "SARIF 2.1.0 for GitHub code scanning og andre som leser SARIF."),
    "sarif-full": Format(
        sarif_full, ".sarif", "SARIF 2.1.0 også med det som er rettet, og det som ikke er avgjort."
    ),
    "junit": Format(junit, ".xml", "JUnit XML med en test for hver vurdering.", alle=True),
    "azure": Format(azure, ".txt", "Feil og advarsler i Azure Pipelines (loggkommandoer).", logg=True),
    "gitlab": Format(gitlab, ".json", "Code Quality-rapport for GitLab."),
    "markdown": Format(markdown, ".md", "Kommentar til en flettingsforespørsel, under 65 000 tegn."),
    "csv": Format(csv_funn, ".csv", "Regneark med funn, problemer og frister."),
    "csv-vurderinger": Format(csv_vurderinger, ".csv", "Regneark med en rad for hver vurdering.", alle=True),
}
"""Every machine format by the name that `--format` and `--report` take."""

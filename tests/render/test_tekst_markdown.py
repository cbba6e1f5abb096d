"""Markdown on the terminal: the forms that the requirement pages use."""

from __future__ import annotations

from forvaltning.render.tekst_markdown import vis
from forvaltning.render.tekst_stil import Stil, bredde

SIDE = """# 4.2 Tittel

## Hva kravet ber om

Et avsnitt med `felt.navn`, **fet** og *kursiv* tekst, og en [lenke](https://a.example).

- første punkt som er så langt at det må brytes over to linjer, for slik er det noen ganger her i verden
- andre punkt

1. steg

| Ord | Vilkår |
| --- | --- |
| «skal ha» | `felt` viser til en rolle som finnes, med mye tekst etter seg så raden brytes over flere linjer |
| | tom første celle |

```yaml
# kommentar
felt: [a, b]
```
"""


def tekst(**kwargs):
    return "".join(vis(SIDE, Stil(**kwargs)))


def test_headings_are_underlined_and_emphasis_is_words():
    text = tekst()
    assert text.startswith("4.2 Tittel\n══════════\n")
    assert "Hva kravet ber om\n─────────────────\n" in text
    assert "Et avsnitt med `felt.navn`, fet og kursiv tekst, og en lenke" in text


def test_lists_tables_and_code_are_readable_in_80_columns():
    text = tekst()
    assert "  • første punkt" in text
    assert "\n    " in text
    assert "  1. steg" in text
    assert "    felt: [a, b]\n" in text
    assert "|" not in text
    assert max(bredde(line) for line in text.splitlines()) <= 80


def test_code_is_coloured_in_place_of_its_marks():
    text = tekst(farger=True)
    assert "\x1b[36mfelt.navn\x1b[0m" in text
    assert max(bredde(line) for line in text.splitlines()) <= 80

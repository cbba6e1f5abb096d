"""One module per report, each with a pure function `visning`: `Grunnlag` in, `Visning` out."""

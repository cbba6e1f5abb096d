"""Run the requirements, fold observations to verdicts, let deviations cover: pure."""

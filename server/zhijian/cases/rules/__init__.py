"""Pure decisions about cases: the life cycle, deadlines, numbers, corrections, refusals."""

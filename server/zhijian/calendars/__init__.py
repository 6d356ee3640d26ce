"""The working calendar 工作日历 in people's hands: a year is entered or replaced, with all that follows from it."""

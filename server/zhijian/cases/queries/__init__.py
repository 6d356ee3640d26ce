"""Reads of cases. Citizens read their own; staff read what :func:`visible_to` gives."""

from zhijian.cases.queries.changed import changed_since
from zhijian.cases.queries.citizen import (
    case_for_citizen,
    completed,
    file_for_citizen,
    known,
    my_cases,
    todos,
    whole,
)
from zhijian.cases.queries.reuse import reusable
from zhijian.cases.queries.staff import (
    QueueFilters,
    case_for_staff,
    file_for_staff,
    find,
    queue,
    receivers,
    visible_to,
    work_of,
)
from zhijian.cases.queries.stages import Standing, may_rate, standing
from zhijian.cases.queries.supervision import (
    DepartmentFigures,
    Figures,
    figures,
    figures_by_department,
    near_due_cases,
    overdue_cases,
)

__all__ = [
    "DepartmentFigures",
    "Figures",
    "QueueFilters",
    "Standing",
    "case_for_citizen",
    "case_for_staff",
    "changed_since",
    "completed",
    "figures",
    "figures_by_department",
    "file_for_citizen",
    "file_for_staff",
    "find",
    "known",
    "may_rate",
    "my_cases",
    "near_due_cases",
    "overdue_cases",
    "queue",
    "receivers",
    "reusable",
    "standing",
    "todos",
    "visible_to",
    "whole",
    "work_of",
]

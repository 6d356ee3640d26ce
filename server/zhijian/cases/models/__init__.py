"""Tables of cases 办件."""

from zhijian.cases.models.case import FAR_FUTURE, Case
from zhijian.cases.models.history import CasePause, CaseStep, Correction, CorrectionItem, Extension
from zhijian.cases.models.papers import CaseDocument, CaseFile, CaseMaterial, CaseResult

__all__ = [
    "FAR_FUTURE",
    "Case",
    "CaseDocument",
    "CaseFile",
    "CaseMaterial",
    "CasePause",
    "CaseResult",
    "CaseStep",
    "Correction",
    "CorrectionItem",
    "Extension",
]

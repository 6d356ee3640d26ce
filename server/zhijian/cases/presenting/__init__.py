"""How a case looks to its citizen: shapes, sentences in Chinese and English, and what to do next."""

from zhijian.cases.presenting.detail import present_detail
from zhijian.cases.presenting.summary import present_summary

__all__ = ["present_detail", "present_summary"]

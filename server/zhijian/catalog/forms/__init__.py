"""Application forms: authored as :class:`FormSpec`, compiled to JSON Schema, checked on every write."""

from zhijian.catalog.forms.check import Checked, check_form, clean_form
from zhijian.catalog.forms.compile import compile_form

__all__ = ["Checked", "check_form", "clean_form", "compile_form"]

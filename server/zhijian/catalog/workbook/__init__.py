"""The item specification workbook (XLSX): six sheets that 实施编码 joins, column heads as GB/T 39046 names them."""

from zhijian.catalog.workbook.reading import Origin, Read, read_workbook
from zhijian.catalog.workbook.writing import write_workbook

__all__ = ["Origin", "Read", "read_workbook", "write_workbook"]

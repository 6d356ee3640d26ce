"""The result in figures, aggregated by the database: three statements for any number of answers."""

from dataclasses import dataclass

from django.db import connection

from zhijian.consultations.models import Consultation
from zhijian.consultations.rules import figures
from zhijian.consultations.spec import Content

_ANSWERED = """
SELECT part.key, count(*) FROM consultations_answer answer, jsonb_each(answer.values) part
WHERE answer.consultation_id = %s GROUP BY part.key
UNION ALL
SELECT comment.target, count(*) FROM consultations_comment comment
WHERE comment.consultation_id = %s AND comment.target <> '' GROUP BY comment.target
"""
_CHOSEN = """
SELECT part.key, '', choice.value #>> '{}', count(*)
FROM consultations_answer answer, jsonb_each(answer.values) part,
     jsonb_array_elements(CASE jsonb_typeof(part.value) WHEN 'array' THEN part.value
                          ELSE jsonb_build_array(part.value) END) choice(value)
WHERE answer.consultation_id = %s AND jsonb_typeof(part.value) <> 'object'
GROUP BY 1, 2, 3
UNION ALL
SELECT part.key, cell.key, cell.value, count(*)
FROM consultations_answer answer, jsonb_each(answer.values) part, jsonb_each_text(part.value) cell
WHERE answer.consultation_id = %s AND jsonb_typeof(part.value) = 'object'
GROUP BY 1, 2, 3
"""
_TOTAL = "SELECT count(*) FROM consultations_answer WHERE consultation_id = %s"


@dataclass(frozen=True, slots=True)
class Report:
    """``clauses``: comments by clause key, those on the whole under ""."""

    answers: int
    results: list[figures.Result]
    clauses: dict[str, int]


def report(consultation: Consultation) -> Report:
    content = Content.model_validate(consultation.content)
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL, [consultation.pk])
        (total,) = cursor.fetchone()
        cursor.execute(_ANSWERED, [consultation.pk] * 2)
        answered = dict(cursor.fetchall())
        cursor.execute(_CHOSEN, [consultation.pk] * 2)
        counts = {(key, row, choice): number for key, row, choice, number in cursor.fetchall()}
    return Report(
        answers=total,
        results=figures.results(content, answered, counts),
        clauses={clause.key: answered.get(clause.key, 0) for clause in content.clauses},
    )

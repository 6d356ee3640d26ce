"""Pure decisions of consultations: life cycle, content, answers, moderation, figures."""

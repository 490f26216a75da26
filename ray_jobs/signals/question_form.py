"""The form of questions, as the signals and those who use them know it (`ray_jobs.judging.question_form`)."""

from ray_jobs.judging.question_form import Form, plain, question_form

__all__ = ["Form", "plain", "question_form"]

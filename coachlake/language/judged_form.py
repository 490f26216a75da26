"""The one form in which text is learned from and judged: the same words read alike whatever marks, capitals or fillers
they arrived with. Quotes stay verbatim: this form is for models alone."""

from coachlake.conversations.words_said import words_said


def judged_form(text: str) -> str:
    """The words of `text` as `words_said` gives them, one blank between them.

    Empty where nothing is left ("Um."). A form is its own form.
    """
    return " ".join(word.form for word in words_said(text))

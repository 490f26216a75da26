import pytest

from coachlake.admission.markers import without_markers


@pytest.mark.parametrize(
    ("text", "left", "unheard"),
    [
        ("[inaudible]", "", 1),
        ("(Unintelligible 00:14:02)", "", 1),
        ("<crosstalk>", "", 1),
        ("I paid [inaudible, 2 s] on Monday [overlapping speech].", "I paid on Monday", 2),
        ("the *** is *** late", "the is late", 2),
        ("[speaking Spanish] yes", "yes", 1),
        ("well [?] I suppose", "well I suppose", 1),
        ("[laughter] that is good (pause) really", "that is good really", 0),
        ("♪ hold music ♪", "hold music", 0),
        ("[hold music]", "", 0),
        ("*sighs* fine", "fine", 0),
        ("[BLANK_AUDIO]", "", 0),
        ("...", "", 0),
        ("yes[laughs], of course", "yes, of course", 0),
        ("the kids' one (the blue one) in size 4", "the kids' one (the blue one) in size 4", 0),
        ("my name is [NAME] and it is 5 * 3 <b>", "my name is [NAME] and it is 5 * 3 <b>", 0),
        ("(music teacher) is my job", "(music teacher) is my job", 0),
        ("", "", 0),
    ],
)
def test_only_markers_go(text: str, left: str, unheard: int) -> None:
    found = without_markers(text)
    assert " ".join(filter(None, found.tokens)) == left
    assert found.unheard == unheard
    assert len(found.tokens) == len(text.split())

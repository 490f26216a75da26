from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlake.admission.admit import LEAST_COVERED, admit
from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import ROLES, Participant, Role, Segment, Transcript
from tests.admission.calls import cases, transcript_of, written


@pytest.mark.parametrize(("kind", "call", "is_timed"), list(cases()))
def test_each_kind_is_told_by_its_own_reason(kind: str, call: str, is_timed: bool) -> None:
    found = admit(transcript_of(call, is_timed=is_timed))
    assert (found.code or "scored") == kind, found.reason
    assert (found.reason is None) == (kind == "scored")


_PLAIN = [
    ("rep", "Kestrel Tyres, good morning, this is Leah, how can I help?"),
    ("caller", "Hello, I have a slow puncture in the front left and I leave for France tomorrow."),
    ("rep", "Tomorrow already, then we had better look at it today. Can you come at two?"),
    ("caller", "I can come at two, that would save my trip."),
    ("rep", "Then two it is. It takes about half an hour and costs thirty."),
    ("caller", "Wonderful, thank you so much, see you later."),
]
_ABROAD = [
    ("rep", "Claro, le paso con mi compañera de averías ahora mismo, no cuelgue por favor."),
    ("caller", "Vale, muchas gracias, es que mi coche está parado en la autopista."),
    ("rep", "¿Me puede decir en qué kilómetro está y hacia dónde viajaba usted?"),
    ("caller", "Voy hacia Zaragoza, acabo de pasar la salida de Calatayud, y no arranca."),
    ("rep", "Le mando una grúa, tardará unos cuarenta minutos en llegar."),
    ("caller", "Perfecto, aquí espero con los niños dentro del coche."),
]


def _mixed(abroad: int) -> Transcript:
    return transcript_of([*_PLAIN, *_ABROAD[:abroad]])


def test_plain_call_is_left_as_it_is() -> None:
    transcript = transcript_of(_PLAIN)
    found = admit(transcript)
    assert (found.reason, found.language, found.language_share, found.understood_share) == (None, "en", 1.0, 1.0)
    assert found.transcript == transcript


def test_another_language_is_named_with_its_share_and_the_rubrics() -> None:
    found = admit(transcript_of(_ABROAD), rubric="tyre_service")
    assert found.reason == "Spanish in 100% of what was said; tyre_service judges English."
    assert (found.language, found.language_share) == ("es", 1.0)


def test_a_rubric_of_that_language_judges_it() -> None:
    assert admit(transcript_of(_ABROAD), ["es"]).code is None
    assert admit(transcript_of(_PLAIN), ["es"]).code == "language"
    assert admit(_mixed(6), ["en", "es"]).transcript.segments == _mixed(6).segments


def test_a_change_of_language_leaves_the_covered_part_where_that_is_most() -> None:
    found = admit(_mixed(2))
    assert found.code is None
    assert [segment.text for segment in found.transcript.segments] == [text for _, text in _PLAIN]
    assert found.transcript.notes == ("26 words in Spanish were left out.",)
    refused = admit(_mixed(6))
    assert refused.code == "language"
    assert refused.transcript == _mixed(6)
    assert refused.language_share < LEAST_COVERED


@pytest.mark.parametrize("name", [name for name in written("turns") if name != "en"])
def test_every_language_is_refused_and_english_is_not(name: str) -> None:
    turns = [("AB"[index % 2], text) for index, text in enumerate(written("turns")[name])]
    found = admit(transcript_of(turns))
    assert (found.code, found.language) == ("language", name)
    assert admit(transcript_of(turns), [name]).code is None


@pytest.mark.parametrize("kind", ["names", "fragments", "errors", "accented"])
def test_english_that_looks_like_something_else_is_english(kind: str) -> None:
    turns = [("AB"[index % 2], text) for index, text in enumerate(written("mixed")["english"][kind])]
    found = admit(transcript_of(turns))
    assert (found.code, found.language) == (None, "en")


@pytest.mark.parametrize("kind", ["hinglish", "spanglish"])
def test_switching_between_two_languages_all_the_time_is_not_english(kind: str) -> None:
    turns = [("AB"[index % 2], text) for index, text in enumerate(written("mixed")["switched"][kind] * 2)]
    assert admit(transcript_of(turns)).code == "language"


@pytest.mark.parametrize(
    ("language", "confidence", "code"),
    [("es", 0.95, "language"), ("Spanish", 0.9, "language"), ("spa", 0.9, "language"), ("es-MX", 0.99, "language"),
     ("es", 0.4, None), ("es", None, None), ("en-GB", 0.99, None), ("auto", 1.0, None), (None, None, None)],
)  # fmt: skip
def test_what_the_recogniser_is_sure_to_hear_outweighs_the_text(
    language: str | None, confidence: float | None, code: str | None
) -> None:
    found = admit(transcript_of(_PLAIN, language=language, confidence=confidence))
    assert found.code == code
    assert found.language == ("es" if code else "en")


def test_a_recogniser_sure_of_english_does_not_make_spanish_text_english() -> None:
    assert admit(transcript_of(_ABROAD, language="en", confidence=0.99)).code == "language"


def test_menu_before_a_person_answers_is_nobodys_words() -> None:
    menu = "Welcome to Kestrel. For tyres, press one. For brakes, press two. Your call may be recorded."
    wait = "All our fitters are busy. Your call is important to us, please hold. All our agents are busy."
    for speaker in ("rep", "caller"):
        found = admit(transcript_of([(speaker, menu), (speaker, wait), *_PLAIN]))
        assert found.code is None
        assert [s.speaker for s in found.transcript.segments[:3]] == ["menu", "menu", "rep"]
        assert found.transcript.participants[-1] == Participant("menu", role="system")
        assert found.transcript.segments[0].text == menu


def test_words_of_a_system_participant_neither_count_nor_change() -> None:
    prompt = ("SYSTEM", "[inaudible] Bienvenido, su llamada es muy importante para nosotros y será atendida pronto.")
    found = admit(transcript_of([prompt, *_PLAIN], roles={"SYSTEM": "system"}))
    assert (found.code, found.understood_share) == (None, 1.0)
    assert found.transcript.segments[0].text == prompt[1]
    assert admit(transcript_of([prompt, prompt], roles={"SYSTEM": "system"})).code == "menus_only"
    assert admit(transcript_of([prompt, *_PLAIN[::2]], roles={"SYSTEM": "system"})).code == "one_speaker"


def test_markers_and_loops_are_cut_out_of_text_and_words() -> None:
    text = "I can [inaudible] see it here [laughs] now"
    words = tuple(Word(token, 40 + index, 40.5 + index, 0.9) for index, token in enumerate(text.split()))
    segments = transcript_of(_PLAIN).segments
    marked = Segment("rep", 40.0, 48.5, text, words)
    stuck = Segment("caller", 60.0, 64.0, "and so on " * 7)
    transcript = replace(transcript_of(_PLAIN), segments=(*segments, marked, stuck))
    found = admit(transcript)
    assert found.code is None
    *_, cleaned, unstuck = found.transcript.segments
    assert cleaned.text == "I can see it here now"
    assert [word.text for word in cleaned.words] == cleaned.text.split()
    assert (cleaned.start_s, cleaned.end_s) == (40.0, 48.5)
    assert unstuck.text == "and so on"
    assert found.transcript.notes == ("18 words that a recogniser repeated or invented were left out.",)
    assert 0.85 < found.understood_share < 1


def test_guessed_words_are_not_understood() -> None:
    def heard(probability: float) -> Transcript:
        transcript = transcript_of(_PLAIN)
        segments = tuple(
            replace(
                segment,
                words=tuple(
                    Word(token, segment.start_s + 0.4 * index, segment.start_s + 0.4 * (index + 1), probability)
                    for index, token in enumerate(segment.text.split())
                ),
            )
            for segment in transcript.segments
        )
        return replace(transcript, segments=segments)

    assert admit(heard(0.9)).understood_share == 1.0
    assert (admit(heard(0.3)).code, admit(heard(0.3)).understood_share) == ("not_understood", 0.0)


def test_both_sides_inaudible_is_refused_with_the_figure() -> None:
    found = admit(transcript_of([(speaker, "[inaudible]") for speaker, _ in _PLAIN]))
    assert found.reason == "Only 0% of what was said could be understood; 70% are needed."


_TEXTS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([text for kind in written("turns").values() for text in kind]),
    st.sampled_from(["[inaudible]", "***", "Thank you.", "you", "[music]", "press one for claims", "", " ", "hello"]),
    st.builds(lambda text, times: f"{text} " * times, st.text(max_size=12), st.integers(1, 40)),
)
_TIMES = st.floats(allow_nan=True, allow_infinity=True)
_PROBABILITIES = st.none() | st.floats(allow_nan=True)


@st.composite
def _segments(draw: st.DrawFn) -> Segment:
    text = draw(_TEXTS)
    words = tuple(Word(token, 0.0, draw(_TIMES), draw(_PROBABILITIES)) for token in text.split()[:10])
    return Segment(draw(st.sampled_from("ABC")), draw(_TIMES), draw(_TIMES), text, draw(st.sampled_from([words, ()])))


@settings(max_examples=150, deadline=None)
@given(
    segments=st.lists(_segments(), max_size=12),
    roles=st.dictionaries(st.sampled_from("ABCD"), st.none() | st.sampled_from(ROLES)),
    is_timed=st.booleans(),
    language=st.none() | st.sampled_from(["es", "EN-us", "klingon", "", "und", "eng"]) | st.text(max_size=5),
    confidence=st.none() | st.floats(allow_nan=True),
    covered=st.sampled_from([["en"], ["es", "en"], ["xx"]]),
)
def test_no_transcript_raises_and_a_refusal_keeps_it_whole(
    segments: list[Segment],
    roles: dict[str, Role | None],
    is_timed: bool,
    language: str | None,
    confidence: float | None,
    covered: list[str],
) -> None:
    people = tuple(Participant(label, role=role) for label, role in roles.items())
    transcript = Transcript(tuple(segments), people, "drawn", None, is_timed, language, confidence)
    found = admit(transcript, covered)
    assert (found.reason is None) == (found.code is None)
    assert 0 <= found.language_share <= 1
    assert -1e-9 <= found.understood_share <= 1 + 1e-9
    if found.reason:
        assert found.transcript == transcript or any(segment.end_s != segment.end_s for segment in segments)
    else:
        assert admit(found.transcript, covered).code is None

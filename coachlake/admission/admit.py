"""May this call be scored? Decided before anybody's words are judged."""

from collections.abc import Sequence
from dataclasses import replace

from coachlake.admission.admission import Admission
from coachlake.admission.conversation import Refusal, no_conversation
from coachlake.admission.languages import OTHER, Languages, is_covered, language_code, language_name, languages_of
from coachlake.admission.loops import is_empty_talk
from coachlake.admission.machines import machine_labels, with_machines_apart
from coachlake.admission.tokens import word_count
from coachlake.admission.understood import Understood, understood
from coachlake.conversations.transcript import Segment, Transcript

# Of what was said, this much must be intelligible, of everyone together and of each of the two who say most: with a
# third of it missing nobody can say what an answer answered.
LEAST_UNDERSTOOD = 0.7
LEAST_UNDERSTOOD_A_SIDE = 0.5
# A recogniser that invents more than this was not hearing the call.
MOST_INVENTED = 0.2
# A call that changes language is scored for the covered part where that is most of it.
LEAST_COVERED = 2 / 3
# Less than this in other languages (a greeting, a name, an address) is left in.
LEAST_CUT = 0.1
# From here on the recogniser's language, heard in the sound, outweighs that of the text: made to write English,
# Whisper invents English for any language.
_SURE_FROM = 0.8
# Who speaks this much of each of two languages interprets; who keeps to one speaks that.
_INTERPRETER_SHARE = 0.2


def admit(transcript: Transcript, languages: Sequence[str] = ("en",), rubric: str = "the rubric") -> Admission:
    """Whether a transcript may be scored, and what of it.

    `languages`: ISO 639-1 codes that the rubric covers, at least one; `rubric`: what to call it in a reason. Looks
    at the text, its times and the participants the source gives; never at who is the rep. The same transcript has
    the same answer always; none raises.
    """
    apart = with_machines_apart(transcript)
    machines = machine_labels(apart)
    clear = understood(apart, machines)
    people = [segment for segment in clear.segments if segment.speaker not in machines]
    found = languages_of(people, languages)
    refusal = _unintelligible(apart, clear, machines) or _uncovered(transcript, found, people, languages, rubric)
    segments, notes = clear.segments, transcript.notes
    if clear.invented_words:
        notes += (f"{clear.invented_words} words that a recogniser repeated or invented were left out.",)
    if refusal is None and found.foreign_share >= LEAST_CUT:
        segments, left_out = _covered(clear.segments, machines, found)
        if left_out:
            notes += (f"{left_out} words in {_others(found, languages)} were left out.",)
    refusal = refusal or _only_menus(transcript)
    refusal = refusal or _shapeless(segments, apart, machines, is_reduced=len(segments) < len(clear.segments))
    main = found.main
    return Admission(
        reason=refusal.reason if refusal else None,
        code=refusal.code if refusal else None,
        language=_heard(transcript, languages) or (None if main == OTHER else main),
        language_share=found.words[main] / (found.words.total() or 1) if main else 0.0,
        understood_share=clear.share,
        transcript=transcript if refusal else replace(apart, segments=segments, notes=notes),
    )


def _unintelligible(transcript: Transcript, clear: Understood, machines: frozenset[str]) -> Refusal | None:
    said = [segment.text.strip() for segment in transcript.segments if segment.speaker not in machines]
    said = [text for text in said if text]
    if clear.looped and all(is_empty_talk(text) for text in said):
        times = f", {len(said)} times" if len(said) > 1 else ""
        return Refusal("noise_only", f'Only what recognisers write for silence or noise ("{said[0][:40]}"{times}).')
    if clear.looped > MOST_INVENTED:
        return Refusal("looping", f"{clear.looped:.0%} of the text is a recogniser repeating itself, not the call.")
    if clear.share < LEAST_UNDERSTOOD:
        least = f"; {LEAST_UNDERSTOOD:.0%} are needed"
        return Refusal("not_understood", f"Only {clear.share:.0%} of what was said could be understood{least}.")
    for label, share in list(clear.by_speaker.items())[:2]:
        if share < LEAST_UNDERSTOOD_A_SIDE:
            least = f"; {LEAST_UNDERSTOOD_A_SIDE:.0%} are needed"
            return Refusal("not_understood", f"Only {share:.0%} of what {label} said could be understood{least}.")
    return None


def _uncovered(
    transcript: Transcript, found: Languages, people: Sequence[Segment], languages: Sequence[str], rubric: str
) -> Refusal | None:
    judges = f"{rubric} judges {' and '.join(language_name(code) for code in languages)}"
    if heard := _heard(transcript, languages):
        sure = f"{language_name(heard)} was heard ({transcript.language_confidence:.0%} sure)"
        return Refusal("language", f"{sure}; {judges}.")
    if found.foreign_share <= 1 - LEAST_COVERED or _is_interpreted(found, people):
        return None
    return Refusal("language", f"{_others(found, languages)} in {found.foreign_share:.0%} of what was said; {judges}.")


def _heard(transcript: Transcript, languages: Sequence[str]) -> str | None:
    """The language that the recogniser heard, where it is sure of one that is not covered."""
    code = language_code(transcript.language)
    sure = transcript.language_confidence is not None and transcript.language_confidence >= _SURE_FROM
    return code if code and sure and not is_covered(code, languages) else None


def _is_interpreted(found: Languages, people: Sequence[Segment]) -> bool:
    """Whether one of three or more people gives in a covered language what another says in a different one."""
    words: dict[str, list[int]] = {}
    for segment, foreign in zip(people, found.foreign_words, strict=True):
        count = words.setdefault(segment.speaker, [0, 0])
        count[0] += foreign
        count[1] += word_count(segment.text)
    shares = [foreign / total for foreign, total in words.values() if total]
    return (
        any(_INTERPRETER_SHARE <= share <= 1 - _INTERPRETER_SHARE for share in shares)
        and any(share > 1 - _INTERPRETER_SHARE for share in shares)
        and any(share < _INTERPRETER_SHARE for share in shares)
    )


def _covered(
    segments: Sequence[Segment], machines: frozenset[str], found: Languages
) -> tuple[tuple[Segment, ...], int]:
    """The segments of which at most half is in another language, those of machines among them, and how many words
    the others hold."""
    foreign = iter(found.foreign_words)
    kept, left_out = [], 0
    for segment in segments:
        count = word_count(segment.text)
        if segment.speaker in machines or 2 * next(foreign) <= count:
            kept.append(segment)
        else:
            left_out += count
    return tuple(kept), left_out


def _only_menus(transcript: Transcript) -> Refusal | None:
    """Menus that are answered, before their announcements are told apart: what is left of them looks like a person."""
    machines = machine_labels(transcript)
    people = [segment for segment in transcript.segments if segment.speaker not in machines]
    refusal = no_conversation(people, 2, is_timed=transcript.is_timed)
    return refusal if refusal and refusal.code == "menus_only" else None


def _shapeless(
    segments: Sequence[Segment], transcript: Transcript, machines: frozenset[str], *, is_reduced: bool
) -> Refusal | None:
    people = [segment for segment in segments if segment.speaker not in machines]
    if _have_words(segments) and not _have_words(people):
        return Refusal("menus_only", "Only menus and announcements: nobody is spoken to.")
    speakers = {p.label for p in transcript.participants} | {segment.speaker for segment in transcript.segments}
    refusal = no_conversation(people, len(speakers - machines), is_timed=transcript.is_timed)
    if refusal and is_reduced:
        return Refusal("language", f"What is left without the other language is no conversation. {refusal.reason}")
    return refusal


def _have_words(segments: Sequence[Segment]) -> bool:
    return any(word_count(segment.text) for segment in segments)


def _others(found: Languages, languages: Sequence[str]) -> str:
    """The names of the languages that are not covered, most words first: "Spanish", "Spanish and French"."""
    codes = [code for code, _ in found.words.most_common() if not is_covered(code, languages)]
    total = sum(found.words[code] for code in codes)
    return " and ".join(language_name(code) for code in codes if 4 * found.words[code] >= total) or language_name(OTHER)

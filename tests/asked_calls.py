"""A small lake whose calls are clear, must be asked about, or must be refused: landed and run by the nightly job."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from coachlake.cli.run import run_nightly
from coachlake.landing.own_folder import land_folder
from coachlake.settings import Settings, load_settings
from demonstration.dialogue import Line
from demonstration.speech import Recipe, speak

NIGHT = date(2026, 11, 24)
_HEADER = "call_id,file,rep_id,rep_name,team_id,queue,started_at,channel_layout,direction,rubric_id"

# Two neighbours of a trade could speak like this: nothing tells the rep from the customer.
_OPEN = [
    "So the boiler again, like the other day.",
    "The boiler, yes, the one in the hall.",
    "The one in the hall, it was the valve then.",
    "It was the valve, and the water was cold.",
    "Cold all week, and the pressure fell at night.",
    "At night it fell, by noon it was fine again.",
]
_OPEN_TOO = [
    "It is the fence again, the one behind the shed.",
    "Behind the shed, yes, the long one with the gate.",
    "The gate is off and two of the posts have gone.",
    "Two posts, that was the wind on Sunday night.",
    "Sunday night, it was loud, you could hear it go.",
    "You could hear it, and in the morning it was down.",
]
_CLEAR = [
    "Harbour Insurance, this is Nora Vance, how can I help you today?",
    "My garage door was hit by a van this morning and now it will not close.",
    "I am sorry to hear about your garage door. May I have your policy number, please?",
    "It is four four one seven. I am worried that somebody walks in tonight.",
    "I understand that you are worried. I can send a fitter out this afternoon by four.",
    "Thank you, I will be at home then.",
]
# Who speaks, and what: the caller is passed on to a colleague of the rep's.
_PASSED_ON = [
    ("Nora Vance", "Harbour Insurance, this is Nora Vance, how can I help you today?"),
    ("Caller", "The greenhouse came down in the night and I have nowhere to put the plants."),
    (
        "Nora Vance",
        "I am sorry about your greenhouse. My colleague Otto pays for plants, may I put you through to him?",
    ),
    ("Caller", "Yes, please do."),
    ("Otto Brill", "Otto Brill. Which plants do you mean?"),
    ("Caller", "Forty tomatoes, all of them broken off at the stem."),
    ("Otto Brill", "We do not pay for tomatoes."),
]
_SPANISH = [
    "Seguros Puerto, buenos días, habla Lucía, ¿en qué le puedo ayudar?",
    "Buenos días, se me inundó la cocina esta mañana y no sé qué tengo que hacer ahora.",
    "Lo siento mucho. ¿Me puede dar el número de su póliza, por favor?",
    "Sí, claro, es el cuatro cuatro uno siete. Mi madre vive conmigo y está muy preocupada.",
    "La entiendo perfectamente. Le mando un perito mañana por la mañana antes de las diez.",
    "Muchas gracias, muy amable, entonces lo espero mañana por la mañana en casa.",
]
_VOICEMAIL = [
    "You have reached the voicemail of Pat Holm. I cannot take your call right now. Please leave a message after "
    "the tone and I will call you back as soon as I can.",
    "Hello Pat, this is Nora from Harbour Insurance about your claim, please call us back on the number in the letter.",
]
_SPOKEN = [
    Line("rep", "Thank you for calling Harbour Insurance, this is Nora, how can I help you today?"),
    Line("customer", "Hello, my roof was damaged in the storm last night and the bedroom is wet."),
    Line("rep", "I am sorry to hear about your roof. May I have your policy number, please?"),
    Line("customer", "It is four seven one nine, it is on my letter."),
    Line("rep", "Thank you. I can book a surveyor for you on Thursday morning, would that help?"),
    Line("customer", "Yes please, my bed is soaked and I have nowhere to sleep."),
]


def _text(lines: list[str], first: str, second: str) -> str:
    return "\n".join(f"{(first, second)[i % 2]}: {line}" for i, line in enumerate(lines)) + "\n"


def _two_channels(lines: list[str]) -> str:
    """Deepgram's document of a call with the first speaker on channel 0 and the second on channel 1."""
    channels: list[list[dict[str, object]]] = [[], []]
    at = 0.5
    for i, line in enumerate(lines):
        for word in line.split():
            channels[i % 2].append({"word": word, "punctuated_word": word, "start": at, "end": at + 0.25})
            at += 0.3
        at += 0.6
    of = [{"alternatives": [{"transcript": "", "words": words}]} for words in channels]
    return json.dumps({"metadata": {"duration": at, "channels": 2}, "results": {"channels": of}})


def write_calls(folder: Path) -> None:
    """The calls and their call facts, as somebody would deliver them."""
    folder.mkdir(parents=True)
    files = {
        "clear.txt": _text(_CLEAR, "Nora Vance", "Caller"),
        "open.txt": _text(_OPEN, "Speaker 1", "Speaker 2"),
        "open_too.txt": _text(_OPEN_TOO, "Speaker 1", "Speaker 2"),
        "crossed.json": _two_channels(_CLEAR),
        "passed_on.txt": "".join(f"{who}: {line}\n" for who, line in _PASSED_ON),
        "spanish.txt": _text(_SPANISH, "Lucía", "Cliente"),
        "voicemail.txt": _text(_VOICEMAIL, "Speaker 1", "Speaker 2"),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    speak(_SPOKEN, Recipe(folder / "wired_wrong.wav", "rep_left", rep_pitch=1.04, customer_pitch=0.8, seed=7))
    rows = [
        "clear,clear.txt,r1,Nora Vance,t1,claims,{}T09:00:00Z,transcript,inbound,insurance_service",
        "open,open.txt,r1,,t1,boilers,{}T10:00:00Z,transcript,,insurance_service",
        "open_too,open_too.txt,r1,,t1,boilers,{}T11:00:00Z,transcript,,insurance_service",
        "crossed,crossed.json,r1,,t1,claims,{}T12:00:00Z,rep_right,inbound,insurance_service",
        "spanish,spanish.txt,r1,Lucía,t1,claims,{}T13:00:00Z,transcript,inbound,insurance_service",
        "voicemail,voicemail.txt,r1,Nora Vance,t1,claims,{}T14:00:00Z,transcript,outbound,insurance_service",
        "passed_on,passed_on.txt,r1,Nora Vance,t1,claims,{}T14:30:00Z,transcript,inbound,insurance_service",
        "wired_wrong,wired_wrong.wav,r1,,t1,claims,{}T15:00:00Z,rep_right,inbound,insurance_service",
    ]
    written = "\n".join([_HEADER, *(row.format(NIGHT) for row in rows)])
    (folder / "calls.csv").write_text(written + "\n", encoding="utf-8")


def processed(root: Path) -> Settings:
    """The calls in `root/calls`, landed and run by the nightly job into the lake in `root/home`."""
    settings = replace(load_settings({"COACHLAKE_HOME": str(root / "home")}), model_profile="fast")
    write_calls(root / "calls")
    land_folder(settings, root / "calls")
    assert run_nightly(settings, NIGHT, NIGHT), "the nightly job failed"
    return settings

"""What a night is held against, as a process: `python -m benchmarks.bench.rivals alone|teams PROFILE RECORDING ...`.

`alone`: the recogniser with a night's weights and settings, on one thread, and nothing else. `teams`: the script that
is commonly written around it: each channel one after another with the library's own defaults, and on one channel
pyannote's pipeline for two speakers, each word given to whoever speaks then.
"""

import sys
from typing import Any

import numpy as np
from faster_whisper import BatchedInferencePipeline, WhisperModel
from faster_whisper.audio import decode_audio
from numpy.typing import NDArray

from coachlake.models.profiles import load_profile
from coachlake.models.schema import Profile
from coachlake.models.weights import verified_weight

_RATE_HZ = 16_000
_BATCH = 4  # windows at once, as a night reads them


def main(kind: str, profile_name: str, *recordings: str) -> None:
    """Recognise the recordings and say how many words each has; nothing is kept."""
    profile = load_profile(profile_name)
    words = _alone(profile) if kind == "alone" else _as_teams_write(profile)
    for recording in recordings:
        print(recording, words(_channels(recording)), flush=True)


def _alone(profile: Profile) -> Any:
    recogniser = BatchedInferencePipeline(_model(profile, threads=1))

    def words(channels: list[NDArray[np.float32]]) -> int:
        count = 0
        for samples in channels:
            found, _ = recogniser.transcribe(
                samples, batch_size=_BATCH, beam_size=profile.recogniser.beam_size, word_timestamps=True,
                language="en", condition_on_previous_text=False, vad_filter=True,
            )  # fmt: skip
            count += sum(len(segment.words or ()) for segment in found)
        return count

    return words


def _as_teams_write(profile: Profile) -> Any:
    model, pipelines = _model(profile, threads=0), list[Any]()

    def words(channels: list[NDArray[np.float32]]) -> int:
        heard = []
        for samples in channels:
            found, _ = model.transcribe(samples, word_timestamps=True, vad_filter=True)
            heard += [word for segment in found for word in segment.words or ()]
        if len(channels) == 2:
            return len(heard)
        if not pipelines:
            pipelines.append(_pyannote(profile))
        return len(_given_to_speakers(heard, pipelines[0], channels[0]))

    return words


def _given_to_speakers(heard: list[Any], pipeline: Any, samples: NDArray[np.float32]) -> list[tuple[str, str]]:
    import torch

    found = pipeline({"waveform": torch.from_numpy(samples)[None], "sample_rate": _RATE_HZ}, num_speakers=2)
    turns = [(turn.start, turn.end, who) for turn, _, who in found.speaker_diarization.itertracks(yield_label=True)]
    return [
        (who, word.word) for word in heard for start, end, who in turns if start <= (word.start + word.end) / 2 <= end
    ]


def _pyannote(profile: Profile) -> Any:
    """pyannote's pipeline, whole, of the parts that install without a hub."""
    from coachlake.models.pyannote_compat import prepare_pyannote

    prepare_pyannote()
    from pyannote.audio.core.plda import PLDA
    from pyannote.audio.pipelines import SpeakerDiarization

    from coachlake.speech.campplus import campplus_onnx
    from coachlake.speech.segmentation import segmentation_model

    pipeline = SpeakerDiarization(
        segmentation=segmentation_model(verified_weight(profile.diarizer.segmentation or "")),
        embedding=str(campplus_onnx()),
        plda=object.__new__(PLDA),  # not used by this clustering, and None is refused
        clustering="AgglomerativeClustering",
    )
    # As pyannote published speaker-diarization-3.1.
    clustering = {"method": "centroid", "min_cluster_size": 12, "threshold": 0.7045654963945799}
    return pipeline.instantiate({"segmentation": {"min_duration_off": 0.0}, "clustering": clustering})


def _model(profile: Profile, threads: int) -> WhisperModel:
    folder = verified_weight(profile.recogniser.weight or "").parent
    return WhisperModel(str(folder), compute_type=profile.recogniser.compute_type, cpu_threads=threads)


def _channels(recording: str) -> list[NDArray[np.float32]]:
    import soundfile

    if soundfile.info(recording).channels == 2:
        return list(decode_audio(recording, _RATE_HZ, split_stereo=True))
    return [decode_audio(recording, _RATE_HZ)]


if __name__ == "__main__":
    main(*sys.argv[1:])

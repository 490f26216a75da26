"""A recording is opened apart: what it does there, it does to nobody else."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from coachlake.speech import decoder_process
from coachlake.speech.decode import UnreadableAudioError, decode, read_here
from tests.speech.test_decode import _tones

# An hour of nothing is a file of kilobytes and half a gigabyte of samples.
_LONG_S = 3_600


@pytest.fixture(scope="module")
def long_silence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "call.flac"
    with soundfile.SoundFile(path, "w", 8_000, 2) as file:
        for _ in range(_LONG_S // 60):
            file.write(np.zeros((60 * 8_000, 2), np.float32))
    return path


def test_the_samples_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    soundfile.write(path, _tones(16_000), 16_000)
    apart, here = decode(path), read_here(path)
    np.testing.assert_array_equal(apart.samples, here.samples)
    assert (apart.source_rate_hz, apart.notes) == (here.source_rate_hz, here.notes)
    apart.samples[0, 0] = 1.0  # it belongs to whoever asked


def test_memory_has_a_bound(long_silence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_process, "_MEMORY_BYTES", 600 << 20)
    with pytest.raises(UnreadableAudioError, match="more memory than it may have"):
        decode(long_silence)


def test_time_has_a_bound(long_silence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder_process, "_CPU_S", 1)
    with pytest.raises(UnreadableAudioError, match="more than 1 s of a processor"):
        decode(long_silence)


@pytest.mark.parametrize("signal", [6, 11])
def test_a_crash_is_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signal: int) -> None:
    monkeypatch.setattr(sys, "executable", _script(tmp_path, f"import os; os.kill(os.getpid(), {signal})"))
    with pytest.raises(UnreadableAudioError, match=f"died of signal {signal}"):
        decode(tmp_path / "call.wav")


def test_it_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not for a decoder")
    monkeypatch.setattr(
        sys,
        "executable",
        _script(tmp_path, "import json, os; print(json.dumps({'reason': ' '.join(os.environ.values())}))"),
    )
    with pytest.raises(UnreadableAudioError) as caught:
        decode(tmp_path / "call.wav")
    assert "not for a decoder" not in str(caught.value)


def test_it_reaches_no_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = (
            "import json, socket, sys\n"
            "from coachlake.speech.decoder_process import confine\n"
            "before = sorted(name for _, name in socket.if_nameindex())\n"
            "confine(6 << 30, 60)\n"
            "try:\n"
            "    socket.create_connection(('127.0.0.1', int(sys.argv[1])), 5)\n"
            "    print(json.dumps('connected'))\n"
            "except OSError as error:\n"
            "    print(json.dumps(error.strerror))\n"
        )
        port = str(server.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", code, port], capture_output=True, text=True, check=True)
    if subprocess.run(["unshare", "--net", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system grants no network name space")
    assert json.loads(done.stdout) == "Network is unreachable"


def _script(folder: Path, code: str) -> str:
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o700)
    return str(path)

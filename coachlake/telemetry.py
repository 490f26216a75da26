"""No library reports on its use, in any process: variables that are set before any of them is imported."""

import os

TELEMETRY_OFF = {
    "ORT_DISABLE_TELEMETRY": "1",  # onnxruntime: else each session looks up its vendor's host
    "PYANNOTE_METRICS_ENABLED": "0",
    "GX_ANALYTICS_ENABLED": "false",
    "RAY_USAGE_STATS_ENABLED": "0",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DO_NOT_TRACK": "1",
}


def turn_telemetry_off() -> None:
    """Set them for this process and those it starts; what somebody has set on purpose stands."""
    for name, value in TELEMETRY_OFF.items():
        os.environ.setdefault(name, value)

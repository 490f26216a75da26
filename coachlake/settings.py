"""Where things live. One object, read from the environment once, passed down; nothing else reads these variables."""

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def _limit(default: int, says: str) -> int:
    made: int = field(default=default, metadata={"says": says})
    return made


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one call or one delivery may take; what is beyond is refused by name, with the value seen.

    Each is set by `COACHLAKE_<FIELD>`.
    """

    files_a_night: int = _limit(200_000, "files in one night's folder")
    recording_minutes: int = _limit(240, "length of a recording; two channels of four hours take 1.8 GB of memory")
    transcript_megabytes: int = _limit(64, "size of a transcript file")
    turns_a_call: int = _limit(20_000, "stretches of speech in one transcript")
    turn_characters: int = _limit(100_000, "characters that one person says in one stretch")
    minutes_a_call: int = _limit(120, "time that hearing and judging one call may take")

    @property
    def changed(self) -> str:
        """Those that are not the default, as text: a result that depends on them is not one without."""
        return "".join(f"{f.name}={value};" for f in fields(self) if (value := getattr(self, f.name)) != f.default)


@dataclass(frozen=True, slots=True)
class Prices:
    """What machines cost whoever runs this, in `currency`; None is a price that was not stated.

    Each is set by `COACHLAKE_<FIELD>`.
    """

    cpu_hour_price: float | None = field(default=None, metadata={"says": "what one core costs for an hour"})
    gpu_hour_price: float | None = field(default=None, metadata={"says": "what one GPU costs for an hour"})
    currency: str = field(default="", metadata={"says": "what prices and costs are in, as it is shown: EUR"})

    def per_1000_calls(self, calls: int, cpu_s: float, gpu_s: float = 0.0) -> float | None:
        """What 1,000 calls cost where `calls` of them took these seconds of cores and of GPUs. None where a price of
        what they took was not stated, or there are no calls."""
        taken = ((self.cpu_hour_price, cpu_s), (self.gpu_hour_price, gpu_s))
        costs = [None if price is None else price * seconds / 3600 for price, seconds in taken if seconds]
        known = [cost for cost in costs if cost is not None]
        return 1000 * sum(known) / calls if calls and known and len(known) == len(costs) else None


@dataclass(frozen=True, slots=True)
class Settings:
    """Every location and profile coachlake runs on. Embedded defaults; a cluster is other values of the same fields."""

    home: Path  # local working folder
    landing: str  # folder or URI that calls arrive in, one sub-folder a night
    catalog: str  # DuckLake catalog: "sqlite:<path>" or "postgres:<libpq string>"
    data_path: str  # folder or URI (s3://...) of the lake's Parquet files
    staging: str  # folder or URI that every Ray worker can write
    rubrics: Path  # folder of rubric YAML files
    ray_address: str | None  # None = a local Ray of this process
    model_profile: str  # a profile of coachlake/models/profiles.yaml
    sign_in: (
        Path  # OpenID Connect client of the app (TOML); where there is no such file the app asks nobody who they are
    )
    people: Path  # who has which role (TOML)
    retention: Path  # how many days what is kept stays (TOML); where there is no such file all of it does
    duckdb_memory: str | None = None  # most memory of one DuckDB connection, as "4GB"; None = DuckDB's own choice
    encryption: str | None = None  # "files": those of a new lake are encrypted, with keys in its catalog
    limits: Limits = Limits()
    prices: Prices = Prices()


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `COACHLAKE_<FIELD>` variables (default: all under `var/` of the checkout); see docs/settings.md.

    `environ` stands in for the environment of this process, whole.
    """
    env = os.environ if environ is None else environ
    home = Path(env.get("COACHLAKE_HOME") or REPOSITORY / "var").resolve()
    return Settings(
        home=home,
        landing=env.get("COACHLAKE_LANDING") or str(home / "landing"),
        catalog=env.get("COACHLAKE_CATALOG") or f"sqlite:{home / 'lake' / 'catalog.sqlite'}",
        data_path=env.get("COACHLAKE_DATA_PATH") or str(home / "lake" / "files"),
        staging=env.get("COACHLAKE_STAGING") or str(home / "staging"),
        rubrics=Path(env.get("COACHLAKE_RUBRICS") or REPOSITORY / "rubrics"),
        ray_address=env.get("COACHLAKE_RAY_ADDRESS") or None,
        model_profile=env.get("COACHLAKE_MODEL_PROFILE") or "embedded",
        sign_in=Path(env.get("COACHLAKE_SIGN_IN") or home / "access" / "sign_in.toml"),
        people=Path(env.get("COACHLAKE_PEOPLE") or home / "access" / "people.toml"),
        retention=Path(env.get("COACHLAKE_RETENTION") or home / "retention.toml"),
        duckdb_memory=env.get("COACHLAKE_DUCKDB_MEMORY") or None,
        encryption=env.get("COACHLAKE_ENCRYPTION") or None,
        limits=_limits(env),
        prices=_prices(env),
    )


def _limits(env: Mapping[str, str]) -> Limits:
    given = {limit.name: env.get(f"COACHLAKE_{limit.name.upper()}") for limit in fields(Limits)}
    try:
        return Limits(**{name: int(value) for name, value in given.items() if value})
    except ValueError as error:
        raise ValueError(
            f"a limit is no whole number ({error}): {', '.join(f'{n}={v}' for n, v in given.items() if v)}"
        ) from error


def _prices(env: Mapping[str, str]) -> Prices:
    given = {price.name: env.get(f"COACHLAKE_{price.name.upper()}") for price in fields(Prices)}
    currency = given.pop("currency") or ""
    try:
        return Prices(**{name: _price(value) for name, value in given.items() if value}, currency=currency)
    except ValueError as error:
        raise ValueError(
            f"a price is none ({error}): {', '.join(f'{n}={v}' for n, v in given.items() if v)}"
        ) from error


def _price(said: str) -> float:
    price = float(said)
    if not math.isfinite(price) or price < 0:
        raise ValueError(f"{said} is no amount of money")
    return price

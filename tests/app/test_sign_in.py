"""Sign-in with a provider in a browser, and what people then try on what is another's: each try fails, and is kept."""

import secrets
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coachlake.access.audit import Event, access_events
from coachlake.settings import Settings
from tests.access.centre import filled
from tests.app.conftest import free_port, serving, settle
from tests.app.provider import CLIENT_ID, CLIENT_SECRET, provider
from tests.reading import rows

_PEOPLE = """
[people."ann@centre.example"]
roles = ["rep"]
rep_id = "ann"
[people."coach@centre.example"]
roles = ["coach"]
teams = ["north"]
[people."data@centre.example"]
roles = ["data scientist"]
[people."admin@centre.example"]
roles = ["admin"]
[claims]
roles = "centre_roles"
rep_id = "centre_rep"
"""
_CLAIMS = {
    "ann@centre.example": {},
    "bob@centre.example": {"centre_roles": ["rep"], "centre_rep": "bob"},
    "coach@centre.example": {},
    "data@centre.example": {},
    "admin@centre.example": {},
    "nobody@centre.example": {},
    "yesterday@centre.example": {"centre_roles": ["admin"], "iat": int(time.time()) - 86_400},
}
_PAGES = (
    "overview", "team", "call", "pack", "practice", "outcomes", "sample", "programme", "calibration", "quality",
    "roles",
    "access",
)  # fmt: skip
Person = Callable[[str], BrowserContext]


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return filled(tmp_path_factory.mktemp("centre") / "home")


@pytest.fixture(scope="module")
def url(centre: Settings) -> Iterator[str]:
    """The app with sign-in."""
    port = free_port()
    with provider(_CLAIMS) as issuer:
        centre.people.parent.mkdir(parents=True, exist_ok=True)
        centre.people.write_text(_PEOPLE, encoding="utf-8")
        centre.sign_in.write_text(
            f"""
            [auth]
            redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
            cookie_secret = "{secrets.token_urlsafe(32)}"
            client_id = "{CLIENT_ID}"
            client_secret = "{CLIENT_SECRET}"
            server_metadata_url = "{issuer}/.well-known/openid-configuration"
            """,
            encoding="utf-8",
        )
        with serving(centre, port) as address:
            yield address


@pytest.fixture(scope="module")
def person(browser: Browser, url: str) -> Iterator[Person]:
    """Somebody's own browser, in which they have signed in once."""
    contexts: dict[str, BrowserContext] = {}

    def of(who: str) -> BrowserContext:
        if who not in contexts:
            context = browser.new_context()
            context.set_default_timeout(90_000)
            page = context.new_page()
            page.goto(url)
            page.get_by_role("button", name="Sign in").click()
            page.get_by_role("link", name=f"{who}@centre.example").click()
            page.wait_for_url(f"{url}/**")
            settle(page, 90_000)
            page.close()
            contexts[who] = context
        return contexts[who]

    yield of
    for context in contexts.values():
        context.close()


def _open(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    settle(page, 90_000)
    return page


def _noted(settings: Settings, who: str, action: str) -> list[Event]:
    return [e for e in access_events(settings) if e.person == f"{who}@centre.example" and e.action == action]


def test_nobody_sees_anything_before_signing_in(browser: Browser, url: str) -> None:
    context = browser.new_context()
    for path in ("", "call?call=call-of-bob", "outcomes"):
        page = context.new_page()
        page.goto(f"{url}/{path}")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible()
        assert " of bob" not in page.inner_text("body")
        expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
        page.close()
    context.close()


@pytest.mark.parametrize(("who", "told"), [("nobody", "has no role here"), ("yesterday", "Sign in again")])
def test_a_sign_in_alone_is_no_right(person: Person, url: str, centre: Settings, who: str, told: str) -> None:
    page = _open(person(who), f"{url}/call")
    expect(page.get_by_text(told)).to_be_visible()
    assert " of " not in page.get_by_test_id("stMain").inner_text().replace("looks after", "")
    if who == "nobody":
        assert any(e.is_refused and e.detail == "nobody@centre.example" for e in access_events(centre))
    page.close()


def test_a_rep_gets_nothing_of_another_on_any_page(person: Person, url: str, centre: Settings) -> None:
    ann = person("ann")
    for path in _PAGES:
        if path == "practice":  # loads models; its data comes through the same functions
            continue
        page = ann.new_page()
        page.goto(f"{url}/{path}?call=call-of-bob&rep=bob&team=south&rubric_id=rubric_id of bob&cadence=weekly")
        settle(page, 90_000, is_found=None)
        text = page.inner_text("body")
        assert " of bob" not in text, path
        assert " of cal" not in text, path
        assert page.locator("audio").count() == 0, path
        page.close()
    refused = [e for e in _noted(centre, "ann", "view") if e.is_refused]
    assert {e.call_id for e in refused} >= {"call-of-bob"}
    assert {e.detail for e in refused} >= {"rep=bob", "team=south"}


def test_media_and_downloads_are_for_whom_they_were_made(person: Person, url: str, centre: Settings) -> None:
    page = _open(person("ann"), f"{url}/call?call=call-of-ann")
    expect(page.locator("audio")).to_have_count(1)
    sound = page.locator("audio").get_attribute("src") or ""
    page.close()
    page = _open(person("ann"), f"{url}/pack")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download HTML").click()
    pack = download.value.url
    page.close()
    for address in (sound, pack):
        assert "for=" in address
        full = address if "://" in address else f"{url}{address}"
        a_range = {"Range": "bytes=10-20"}
        mine = person("ann").request.get(full, headers=a_range)
        assert (mine.status, len(mine.body())) == (206, 11)
        assert person("bob").request.get(full, headers=a_range).status == 403
        assert person("bob").request.get(full).status == 403
        assert person("ann").request.get(full.partition("?")[0]).status == 403
        assert person("nobody").request.get(full).status == 403
    assert sum(e.is_refused for e in _noted(centre, "bob", "listen")) == 4


def test_a_coach_reviews_under_the_name_they_signed_in_with(person: Person, url: str, centre: Settings) -> None:
    page = _open(person("coach"), f"{url}/call?call=call-of-ann")
    expect(page.get_by_text("As coach@centre.example").first).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_count(0)
    page.get_by_label("Why (name the moment)").fill("It was a promise")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. It counts from the next calibration on.")).to_be_visible()
    page.close()
    kept = "SELECT reviewer_id FROM lake.raw.human_reviews WHERE note = 'It was a promise'"
    assert rows(centre, kept) == [("coach@centre.example",)]
    looks = _noted(centre, "coach", "view")
    assert [(e.call_id, e.rep_id, e.is_refused) for e in looks if e.call_id] == [("call-of-ann", "ann", False)]
    page = _open(person("coach"), f"{url}/call?call=call-of-bob")
    expect(page.get_by_text("There is no call call-of-bob")).to_be_visible()
    page.close()


def test_a_data_scientist_reads_pseudonyms(person: Person, url: str) -> None:
    page = _open(person("data"), f"{url}/quality")
    for rep in ("ann", "bob", "cal"):
        assert f"call-of-{rep}" not in page.inner_text("body")
    expect(page.get_by_role("link", name="1:1 pack")).to_have_count(0)
    page.close()


def test_an_admin_reads_who_looked(person: Person, url: str) -> None:
    page = _open(person("admin"), f"{url}/access")
    expect(page.get_by_text("nobody (no role)").first).to_be_visible()
    page.close()


def test_taken_out_of_the_file_somebody_sees_nothing_more(person: Person, url: str, centre: Settings) -> None:
    page = _open(person("data"), f"{url}/sample")
    centre.people.write_text(_PEOPLE.replace("data@centre", "gone@centre"), encoding="utf-8")
    page.reload()
    expect(page.get_by_text("has no role here")).to_be_visible()
    page.close()

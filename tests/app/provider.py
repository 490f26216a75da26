"""An identity provider that speaks OpenID Connect: discovery, authorization code with nonce, signed tokens.

Small, but the real protocol: Authlib on the other side checks signature, issuer, audience, nonce and state as it would
with any provider. Who signs in is chosen on its page instead of with a password.
"""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "coachlake", secrets.token_urlsafe(16)


@contextmanager
def provider(people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The issuer's address. `people`: e-mail address → further claims, `iat` among them if it is to be another."""
    app = Flask(__name__)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    issuer = f"http://127.0.0.1:{server.server_port}"
    _routes(app, issuer, people)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield issuer
    server.shutdown()
    thread.join()


def _routes(app: Flask, issuer: str, people: Mapping[str, Mapping[str, Any]]) -> None:
    key = RSAKey.generate_key(2048, parameters={"kid": "one", "alg": "RS256", "use": "sig"})
    codes: dict[str, tuple[dict[str, str], str]] = {}

    @app.get("/.well-known/openid-configuration")
    def _discovery() -> Response:
        places = {
            "authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys",
            "end_session_endpoint": "leave",
        }  # fmt: skip
        return jsonify(
            issuer=issuer, response_types_supported=["code"], subject_types_supported=["public"],
            id_token_signing_alg_values_supported=["RS256"], **{name: f"{issuer}/{at}" for name, at in places.items()},
        )  # fmt: skip

    @app.get("/keys")
    def _keys() -> Response:
        return jsonify(keys=[key.as_dict(private=False)])

    @app.get("/authorize")
    def _choose() -> str:
        links = "".join(
            f'<li><a href="/chosen?{urlencode({**request.args, "who": who})}">{who}</a></li>' for who in people
        )
        return f"<h1>Who are you?</h1><ul>{links}</ul>"

    @app.get("/chosen")
    def _chosen() -> Any:
        asked = request.args.to_dict()
        assert (asked["client_id"], asked["response_type"]) == (CLIENT_ID, "code")
        codes[code := secrets.token_urlsafe()] = (asked, asked["who"])
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    @app.post("/token")
    def _token() -> Any:
        asked, who = codes.pop(request.form["code"])
        given = request.authorization
        is_client = given is not None and (given.username, given.password) == (CLIENT_ID, CLIENT_SECRET)
        if not is_client or request.form["redirect_uri"] != asked["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {"iss": issuer, "aud": CLIENT_ID, "sub": who, "email": who, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"]} if "nonce" in asked else {}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | dict(people[who]), key)
        return jsonify(access_token=secrets.token_urlsafe(), token_type="Bearer", expires_in=300, id_token=token)

    @app.get("/leave")
    def _leave() -> Any:
        return redirect(request.args["post_logout_redirect_uri"])

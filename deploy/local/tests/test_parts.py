"""Broker, mail sink, issuer, front door and keys, each as the real thing."""

import json
import os
import smtplib
import socket
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest

from deploy.front_door import CADDYFILE
from deploy.local.broker import EmbeddedBroker
from deploy.local.front_door import FrontDoor, caddy_binary
from deploy.local.issuer import Issuer
from deploy.local.keys import open_keys
from deploy.local.ports import free_port
from deploy.local.smtp_sink import MailServer, SmtpSink, kept_messages


@pytest.fixture(scope="module")
def issuer(scratch: Path) -> Iterator[Issuer]:
    with Issuer(scratch / "issuer", free_port()) as issuer:
        yield issuer


def mail(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "no-reply@kcity.example", to, "접수 완료"
    message.set_content("접수번호를 확인하세요.\n")
    return message


class TestBroker:
    def test_is_a_new_cluster_at_each_start(self) -> None:
        broker = EmbeddedBroker(free_port())
        seen = set()
        for _ in range(2):
            with broker:
                assert broker.answers()
                seen.add(broker.cluster_id)
        assert len(seen) == 2
        assert not broker.answers()

    def test_keeps_its_log_in_its_folder(self, tmp_path: Path) -> None:
        with EmbeddedBroker(free_port(), tmp_path / "broker") as broker:
            assert f"tcp://{broker.bootstrap}" in broker.log_file.read_text()


class TestSmtpSink:
    def test_keeps_a_mail_with_its_envelope(self, tmp_path: Path) -> None:
        with SmtpSink(tmp_path, free_port()) as sink:
            with smtplib.SMTP("127.0.0.1", sink.port) as client:
                client.send_message(
                    mail("lee@city.example"), to_addrs=["lee@city.example", "kim@city.example"]
                )
            (kept,) = sink.messages()
        assert kept["Subject"] == "접수 완료"
        assert kept["X-Envelope-From"] == "no-reply@kcity.example"
        assert kept["X-Envelope-To"] == "lee@city.example, kim@city.example"
        assert kept.get_content() == "접수번호를 확인하세요.\n"

    def test_refuses_a_recipient_that_rehearses_a_bounce_and_serves_the_other(self, tmp_path: Path) -> None:
        with SmtpSink(tmp_path, free_port()) as sink:
            with smtplib.SMTP("127.0.0.1", sink.port) as client:
                refused = client.send_message(
                    mail("lee@city.example"), to_addrs=["Bounce-1@x.example", "lee@x.example"]
                )
            (kept,) = sink.messages()
        assert refused["Bounce-1@x.example"][0] == 550
        assert kept["X-Envelope-To"] == "lee@x.example"

    def test_puts_off_a_recipient_whose_mailbox_is_full(self, tmp_path: Path) -> None:
        with SmtpSink(tmp_path, free_port()) as sink, smtplib.SMTP("127.0.0.1", sink.port) as client:
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                client.send_message(mail("defer-1@x.example"))
            assert sink.messages() == []
        assert refused.value.recipients["defer-1@x.example"][0] == 452

    def test_keeps_mails_as_a_process_of_its_own(self, tmp_path: Path) -> None:
        with MailServer(tmp_path, free_port()) as server, smtplib.SMTP("127.0.0.1", server.port) as client:
            client.send_message(mail("lee@city.example"))
            client.send_message(mail("kim@city.example"))
        assert [kept["To"] for kept in kept_messages(tmp_path)] == ["lee@city.example", "kim@city.example"]


class TestKeys:
    def test_are_made_once_and_closed_to_others(self, tmp_path: Path) -> None:
        first, second = open_keys(tmp_path), open_keys(tmp_path)
        assert first == second
        assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
        assert len(set(first.database_passwords.values())) == 4

    def test_the_receipt_key_says_that_it_rehearses(self, tmp_path: Path) -> None:
        key = json.loads(open_keys(tmp_path).receipt_key_file.read_text())
        assert key["kid"].startswith("rehearsal-")
        assert "d" in key

    def test_secrets_are_refused_by_production(self, tmp_path: Path) -> None:
        keys = open_keys(tmp_path)
        assert {keys.link_secret[:12], keys.receipt_number_secret[:12]} == {"development-"}


class TestFrontDoor:
    def test_the_caddyfile_is_valid_and_formatted(self, tmp_path: Path) -> None:
        environment = os.environ | FrontDoor(tmp_path, free_port(), {}).environment()
        for argv in (["validate", "--adapter", "caddyfile", "--config"], ["fmt", "--diff"]):
            ran = subprocess.run(
                [caddy_binary(), *argv, CADDYFILE],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, ran.stderr + ran.stdout

    def test_strips_the_prefix_names_the_request_and_hides_what_is_inside(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as upstream:
            address = f"127.0.0.1:{upstream.getsockname()[1]}"
            with (
                FrontDoor(tmp_path, free_port(), {"intake": address}) as door,
                httpx.Client(base_url=door.url) as http,
            ):
                assert http.get("/intake/metrics").status_code == 404
                assert http.get("/intake/ready").status_code == 404
                assert http.get("/intake").headers["location"] == "/intake/docs"
                head = self.request_seen(upstream, door)
        assert head.startswith("GET /v1/calls?limit=2 HTTP/1.1")
        assert "x-forwarded-prefix: /intake" in head.lower()
        assert "x-request-id: front-end.1" in head.lower()

    def request_seen(self, upstream: socket.socket, door: FrontDoor) -> str:
        with socket.create_connection(("127.0.0.1", door.port)) as client:
            client.sendall(
                b"GET /intake/v1/calls?limit=2 HTTP/1.1\r\nHost: x\r\nX-Request-Id: front-end.1\r\n\r\n"
            )
            connection, _ = upstream.accept()
            with connection:
                return connection.recv(65536).decode()

    def test_refuses_in_its_own_words_and_writes_inside_its_folder(self, tmp_path: Path) -> None:
        folder = tmp_path / "front-door"
        with FrontDoor(folder, free_port(), {}) as door, httpx.Client(base_url=door.url) as http:
            assert http.get("/nowhere").json()["type"] == f"{door.url}/problems/not-found"
            assert http.get("/catalog/docs").status_code == 502
            assert "server" not in http.get("/health").headers
        assert list(tmp_path.iterdir()) == [folder]

    def test_serves_the_sample_front_end_only_where_it_is_told_the_issuer(self, tmp_path: Path) -> None:
        issuer, page = "http://127.0.0.1:8180/realms/kcity", "/sample-front-end/"
        told = FrontDoor(tmp_path / "told", free_port(), {}, issuer_url=issuer)
        untold = FrontDoor(tmp_path / "untold", free_port(), {})
        with told, httpx.Client(base_url=told.url) as http:
            assert http.get(page.rstrip("/")).headers["location"] == page
            found = http.get(page)
            assert (found.status_code, found.headers["content-type"]) == (200, "text/html; charset=utf-8")
            assert f"connect-src 'self' {issuer}/;" in found.headers["content-security-policy"]
            assert http.get(f"{page}settings.json").json() == {"issuer": issuer}
            assert http.get(f"{page}client/index.js").status_code == 200
            assert http.post(page).status_code == 405
        with untold, httpx.Client(base_url=untold.url) as http:
            assert [http.get(page + name).status_code for name in ("", "settings.json")] == [404, 404]

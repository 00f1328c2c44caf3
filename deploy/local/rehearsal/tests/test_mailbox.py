"""Partners find the link in their own mail, and nobody else's."""

import asyncio
from email.message import EmailMessage
from pathlib import Path

from deploy.local.rehearsal.mailbox import Mailboxes

LINK = "http://localhost:8080/intake/v1/partner-confirmations/{}"


def keep(folder: Path, name: str, to: str, text: str) -> None:
    mail = EmailMessage()
    mail["X-Envelope-To"] = to
    mail.set_content(text, charset="utf-8")
    (folder / f"{name}.eml").write_bytes(mail.as_bytes().replace(b"\n", b"\r\n"))


class TestMailboxes:
    async def test_finds_the_link_of_the_right_application_in_the_right_mailbox(self, tmp_path: Path) -> None:
        keep(tmp_path, "1", "partner-1@example.org", f"접수번호 KCN-2025-D-1\n{LINK.format('aa.bb')}\n")
        keep(tmp_path, "2", "partner-1@example.org", f"KCN-2025-R2-D-7: {LINK.format('cc.dd-_')}.")
        keep(tmp_path, "3", "partner-2@example.org", f"KCN-2025-D-9 {LINK.format('ee.ff')}")
        boxes = Mailboxes(tmp_path)
        path = "/intake/v1/partner-confirmations/"
        assert await boxes.confirmation_link("partner-1@example.org", "KCN-2025-D-1") == f"{path}aa.bb"
        assert await boxes.confirmation_link("partner-1@example.org", "KCN-2025-R2-D-7") == f"{path}cc.dd-_"
        assert await boxes.confirmation_link("partner-1@example.org", "KCN-2025-D-9") is None
        assert await boxes.confirmation_link("partner-3@example.org", "KCN-2025-D-9") is None

    async def test_sees_mail_that_came_later_and_is_asked_by_many_at_once(self, tmp_path: Path) -> None:
        boxes = Mailboxes(tmp_path)
        assert await boxes.confirmation_link("a@example.org", "R1") is None
        for number in range(200):
            keep(tmp_path, str(number), "a@example.org", f"R{number}. {LINK.format(f'x.{number}')}")
        asked = [boxes.confirmation_link("a@example.org", f"R{number}.") for number in range(200)]
        found = await asyncio.gather(*asked)
        assert [str(one).rpartition(".")[2] for one in found] == [str(number) for number in range(200)]

"""Every event has its contract, its topic and a producer; every consumed type comes from somebody."""

import json
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sqlalchemy import text

from shared.contracts.asyncapi import HEADERS, asyncapi_document
from shared.contracts.compatibility import breaking_changes
from shared.contracts.dead_letter import EventParked, parked_type
from shared.contracts.generate import ASYNCAPI, broken, contracts, stale
from shared.contracts.glossary import is_explained
from shared.contracts.history import NoHistory, committed_versions, last_other_version
from shared.contracts.registry import (
    consumed_by,
    consumers_of,
    event_class,
    event_classes,
    producer_of,
    short_name,
)
from shared.contracts.schemas import FOLDER, documents, schema_of
from shared.database.connection import Database
from shared.delivery.dead_letters import record_dead_letter
from shared.events.envelope import Event
from shared.events.topics import TOPICS
from shared.settings import SERVICES
from shared.tests.contracts.test_cloudevents import sample

OFFICIAL = Path(__file__).with_name("asyncapi-3.0.0.schema.json")
every_event = pytest.mark.parametrize("kind", event_classes(), ids=lambda kind: kind.__name__)


class TestEvents:
    def test_are_at_least_those_that_exist_today(self) -> None:
        assert len(event_classes()) >= 16
        assert len({kind.type for kind in event_classes()}) == len(event_classes())

    @every_event
    def test_have_a_topic_of_ours_owned_by_their_producer(self, kind: type[Event]) -> None:
        (topic,) = [topic for topic in TOPICS if topic.name == kind.topic]
        assert topic.owner == producer_of(kind.type)
        assert topic.compacted is kind.snapshot

    @every_event
    def test_are_called_as_their_class(self, kind: type[Event]) -> None:
        assert short_name(kind.type).startswith(f"{kind.__name__}.v")

    @every_event
    def test_have_a_committed_schema(self, kind: type[Event]) -> None:
        lying = json.loads((FOLDER / f"{kind.type}.json").read_text(encoding="utf-8"))
        assert lying == schema_of(kind)
        assert lying["$id"] == f"urn:kcity:event:{kind.type}"
        assert lying["$schema"].endswith("draft/2020-12/schema")
        assert lying["title"] == short_name(kind.type)
        assert lying["description"]

    @every_event
    def test_have_an_example_that_fits_schema_and_class(self, kind: type[Event]) -> None:
        schema = schema_of(kind)
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        jsonschema.Draft202012Validator.check_schema(schema)
        for example in schema["examples"]:
            jsonschema.Draft202012Validator(schema, format_checker=checker).validate(example)
            assert kind.model_validate(example).model_dump(mode="json") == example

    @every_event
    def test_explain_every_member(self, kind: type[Event]) -> None:
        schema = schema_of(kind)
        unexplained = [
            f"{name}.{member}"
            for name, part in {**schema.get("$defs", {}), kind.__name__: schema}.items()
            for member, described in part.get("properties", {}).items()
            if not is_explained(described)
        ]
        assert unexplained == []

    def test_carry_personal_data_in_one_type_only(self) -> None:
        named = {kind.type for kind in event_classes() if {"email", "phone"} & _field_names(schema_of(kind))}
        assert named == {"kcity.intake.ContactChanged.v1"}


class TestConsumers:
    @pytest.mark.parametrize("service", SERVICES)
    def test_every_consumed_type_has_a_producer(self, service: Any) -> None:
        for kind in consumed_by(service):
            assert event_class(kind.type) is kind
            assert producer_of(kind.type) in SERVICES
            assert producer_of(kind.type) != service, "a service knows its own facts"

    def test_personal_data_is_consumed_by_notification_and_review_alone(self) -> None:
        assert set(consumers_of("kcity.intake.ContactChanged.v1")) <= {"notification", "review"}


class TestSnapshots:
    def test_are_current_and_belong_to_an_event(self) -> None:
        assert stale() == [], "run python -m shared.contracts.generate"

    def test_break_no_reader_of_what_was_committed(self) -> None:
        try:
            assert broken() == []
        except NoHistory as absent:
            pytest.skip(str(absent))

    def test_are_compared_with_their_last_other_version(self, tmp_path: Path) -> None:
        first: dict[str, Any] = {"properties": {"a": {}, "b": {}}}
        second: dict[str, Any] = {"properties": {"a": {}}}
        third: dict[str, Any] = {"properties": {"b": {}}}
        file = tmp_path / "event.json"
        _git(tmp_path, "init", "--quiet")
        for version in (first, second):
            file.write_text(json.dumps(version))
            _git(tmp_path, "add", "event.json")
            _git(tmp_path, "commit", "--quiet", "-m", "a version")
        assert committed_versions(file, root=tmp_path) == [second, first]
        for present in (second, third):
            before = last_other_version(file, present, root=tmp_path)
            assert before is not None
            assert breaking_changes(before, present)

    def test_have_nothing_to_compare_with_outside_a_repository(self, tmp_path: Path) -> None:
        with pytest.raises(NoHistory):
            committed_versions(tmp_path / "event.json", root=tmp_path)


class TestAsyncApi:
    def test_fits_the_official_schema_of_asyncapi_3(self) -> None:
        official = jsonschema.Draft7Validator(json.loads(OFFICIAL.read_text(encoding="utf-8")))
        assert [error.message for error in official.iter_errors(asyncapi_document())] == []
        assert not official.is_valid({**asyncapi_document(), "channels": {"x": {"address": 1}}})

    def test_shows_every_topic_and_every_event(self) -> None:
        document = asyncapi_document()
        assert set(document["channels"]) == {topic.name for topic in TOPICS}
        assert {message["name"] for message in document["components"]["messages"].values()} == {
            *(kind.type for kind in event_classes()),
            *(parked_type(service) for service in SERVICES),
        }

    def test_every_reference_leads_somewhere(self) -> None:
        document = asyncapi_document()
        files = {path.name for path in documents()}
        references = list(_references(document))
        assert references
        for reference in references:
            if reference.startswith("#/"):
                _follow(document, reference)
            else:
                assert reference.removeprefix("./events/") in files

    def test_says_who_sends_and_who_receives(self) -> None:
        document = asyncapi_document()
        selection = document["channels"]["review.selection.v1"]
        assert selection["x-producer"] == "review"
        assert "catalog" in selection["x-consumers"]
        received = document["operations"]["catalog.receives.review.selection.v1"]
        assert received["action"] == "receive"
        assert received["bindings"]["kafka"]["groupId"]["enum"] == ["catalog"]
        assert received["messages"] == [
            {"$ref": "#/channels/review.selection.v1/messages/SelectionAnnounced.v1"}
        ]

    def test_lies_in_the_repository(self) -> None:
        assert json.loads(ASYNCAPI.read_text(encoding="utf-8")) == contracts()[ASYNCAPI]

    def test_describes_the_headers_that_we_send(self) -> None:
        from shared.bus.records import headers_of  # noqa: PLC0415 - beside its only use

        sent = {name: value.decode() for name, value in headers_of(sample())}
        jsonschema.Draft202012Validator(HEADERS).validate(sent)
        assert set(sent) <= set(HEADERS["properties"])


class TestParkedEvents:
    async def test_look_as_their_schema_says(self, database: Database) -> None:
        envelope = sample()
        async with database.transaction() as tx:
            await record_dead_letter(tx, "review", "intake.call.v1", envelope, "no such call")
            row = (await tx.execute(text("SELECT type, topic, data FROM journal"))).one()
        assert (row.type, row.topic) == (parked_type("review"), "review.dlq")
        schema = documents()[FOLDER / "kcity.EventParked.v1.json"]
        jsonschema.Draft202012Validator(schema).validate(row.data)
        assert EventParked.model_validate(row.data).event_id == envelope.id


def _field_names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return {name for part in schema for name in _field_names(part)}
    if not isinstance(schema, dict):
        return set()
    own = set(schema["properties"]) if isinstance(schema.get("properties"), dict) else set()
    return own | {name for key, part in schema.items() if key != "examples" for name in _field_names(part)}


def _references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [reference for item in part for reference in _references(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [reference for item in part.values() for reference in _references(item)]


def _follow(document: Any, reference: str) -> None:
    for step in reference.removeprefix("#/").split("/"):
        document = document[step]


def _git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.invalid")
    command = ["git", "-C", str(folder), *identity, *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - the arguments are ours

import asyncio

import pytest

from services.review.tests.house import House, problem, sheet


async def assigned(house: House, *, declared: bool = True) -> str:
    """A reviewer's sheet path on an eligible case."""
    await house.register("anna", "bora")
    await house.panel("anna", "bora")
    await house.apply(1)
    await house.eligible(1)
    ids = await house.assign(1, "anna", "bora")
    if declared:
        await house.declare("anna", 1)
    return f"/v1/assignments/{ids['anna']}/score-sheet"


class TestScoreSheet:
    async def test_is_drafted_changed_and_submitted(self, house: House) -> None:
        path, anna = await assigned(house), house.reviewer("anna")
        assert (await anna.get(path)).headers["ETag"] == '"0"'
        part = {"scores": sheet("anna", (80, 10))["scores"][:1]}
        draft = await anna.put(path, part, '"0"')
        assert draft.headers["ETag"] == '"1"'
        assert (await anna.put(path, sheet("anna", (70, 20)), '"1"')).headers["ETag"] == '"2"'
        final = await anna.post(f"{path}/submission")
        assert final.status_code == 201
        assert final.json()["submitted_at"] is not None
        (own,) = (await anna.get("/v1/assignments")).json()["items"]
        assert own["sheet"] == "submitted"

    async def test_needs_the_declaration_first(self, house: House) -> None:
        path = await assigned(house, declared=False)
        answer = await house.reviewer("anna").put(path, sheet("anna", (80, 10)), '"0"')
        assert problem(answer) == (409, "declaration-missing")

    async def test_needs_every_criterion_to_be_submitted(self, house: House) -> None:
        path, anna = await assigned(house), house.reviewer("anna")
        await anna.put(path, {"scores": sheet("anna", (80, 10))["scores"][:1]}, '"0"')
        answer = await anna.post(f"{path}/submission")
        assert problem(answer) == (422, "sheet-incomplete")
        assert [one["pointer"] for one in answer.json()["errors"]] == ["/scores/market_entry"]

    async def test_is_final_once_submitted(self, house: House) -> None:
        path, anna = await assigned(house), house.reviewer("anna")
        await anna.put(path, sheet("anna", (80, 10)), '"0"')
        await anna.post(f"{path}/submission")
        final = (409, "sheet-already-submitted")
        assert problem(await anna.put(path, sheet("anna", (90, 10)), '"2"')) == final
        assert problem(await anna.post(f"{path}/submission")) == final

    @pytest.mark.parametrize(
        ("score", "pointer"),
        [
            ({"criterion": "market_entry", "points": 21, "comment": "x"}, "/body/scores/0/points"),
            ({"criterion": "no_such", "points": 1, "comment": "x"}, "/body/scores/0/criterion"),
            ({"criterion": "readiness", "points": 1.5, "comment": "x"}, "/body/scores/0/points"),
            ({"criterion": "readiness", "points": -1, "comment": "x"}, "/body/scores/0/points"),
            ({"criterion": "readiness", "points": True, "comment": "x"}, "/body/scores/0/points"),
            ({"criterion": "readiness", "points": 1, "comment": "  "}, "/body/scores/0/comment"),
        ],
    )
    async def test_refuses_what_is_no_score(
        self, house: House, score: dict[str, object], pointer: str
    ) -> None:
        path = await assigned(house)
        answer = await house.reviewer("anna").put(path, {"scores": [score]}, '"0"')
        assert answer.status_code == 422
        assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]

    async def test_of_two_drafts_of_one_version_at_once_one_is_kept(self, house: House) -> None:
        path, anna = await assigned(house), house.reviewer("anna")
        answers = await asyncio.gather(
            *(anna.put(path, sheet("anna", (points, 10)), '"0"') for points in (10, 20))
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_nobody_but_its_reviewer_reads_or_writes_it(self, house: House) -> None:
        path = await assigned(house)
        await house.declare("bora", 1)
        bora = house.reviewer("bora")
        assert problem(await bora.get(path)) == (404, "not-found")
        assert problem(await bora.put(path, sheet("bora", (0, 0)), '"0"')) == (404, "not-found")
        assert problem(await house.kaia.get(path)) == (403, "forbidden")
        assert problem(await house.kaia.put(path, sheet("kaia", (0, 0)), '"0"')) == (403, "forbidden")

    async def test_a_conflict_declared_later_takes_the_sheet_away(self, house: House) -> None:
        path, anna = await assigned(house), house.reviewer("anna")
        await anna.put(path, sheet("anna", (80, 10)), '"0"')
        await house.declare("anna", 1, conflict=True)
        assert problem(await anna.get(path)) == (404, "not-found")
        assert problem(await anna.post(f"{path}/submission")) == (404, "not-found")

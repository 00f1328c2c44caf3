"""``python -m kcity_conformance [options] -- your-consumer its-arguments``: whether the consumer conforms.

It is given records as lines of JSON on its standard input, until that ends, and tells what it did as lines of JSON on
its standard output. Exit code 0 when it conforms, 1 when it does not, 2 when it cannot be asked.
"""

import argparse
import sys
from collections.abc import Sequence

from kcity_conformance import lines
from kcity_conformance.records import contract
from kcity_conformance.scenarios import USUAL, Scenario, lines_of, sample, scenarios


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, or show what there is; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kcity_conformance", description=__doc__)
    parser.add_argument("--only", action="append", metavar="SCENARIO", help="this one; may be repeated")
    parser.add_argument("--topics", nargs="+", metavar="TOPIC", help="only what concerns these topics")
    parser.add_argument(
        "--type",
        default=USUAL,
        choices=sorted(contract()["events"]),
        help="what is played on",
        metavar="TYPE",
    )
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds for each life of the consumer")
    parser.add_argument("--kafka", metavar="HOST:PORT", help="over a broker of yours; needs aiokafka")
    parser.add_argument("--list", action="store_true", help="show the scenarios")
    parser.add_argument("--records", metavar="SCENARIO", help="show the records of one")
    parser.add_argument("--sample", metavar="TYPE", help="show the sample body of an event type")
    parser.add_argument("command", nargs="*", help="your consumer")
    chosen = parser.parse_args(arguments)
    wanted = [one for one in scenarios(chosen.type) if _is_wanted(one, chosen.only, chosen.topics)]
    if chosen.list:
        print(*(f"{one.name}: {one.meaning}" for one in wanted), sep="\n")
    elif chosen.records:
        print(
            *(line for one in scenarios(chosen.type) if one.name == chosen.records for line in lines_of(one)),
            sep="\n",
        )
    elif chosen.sample:
        print(sample(chosen.sample))
    elif not chosen.command or not wanted:
        parser.print_usage(sys.stderr)
        return 2
    elif chosen.kafka:
        return _over_kafka(chosen.kafka, chosen.command, wanted, chosen.timeout)
    else:
        return _judge(chosen.command, wanted, chosen.timeout)
    return 0


def _is_wanted(scenario: Scenario, only: Sequence[str] | None, topics: Sequence[str] | None) -> bool:
    return (not only or scenario.name in only) and (not topics or scenario.topics <= set(topics))


def _judge(command: Sequence[str], wanted: Sequence[Scenario], seconds: float) -> int:
    failed = 0
    for scenario in wanted:
        try:
            wrong = lines.check(command, scenario, seconds)
        except OSError as error:
            print(f"it cannot be started: {error}", file=sys.stderr)
            return 2
        failed += _report(scenario, wrong)
    return _verdict(failed, len(wanted))


def _over_kafka(bootstrap: str, command: Sequence[str], wanted: Sequence[Scenario], seconds: float) -> int:
    try:
        from kcity_conformance import kafka  # noqa: PLC0415 - the rest works without aiokafka
    except ImportError:
        print("this needs aiokafka: pip install 'kcity-conformance[kafka]'", file=sys.stderr)
        return 2
    found = kafka.check(bootstrap, command, wanted, seconds)
    return _verdict(sum(_report(one, found[one.name]) for one in wanted), len(wanted))


def _report(scenario: Scenario, wrong: Sequence[object]) -> bool:
    print(f"{'FAIL' if wrong else 'ok  '}  {scenario.name}: {scenario.meaning}")
    for one in wrong:
        print(f"        {one}")
    return bool(wrong)


def _verdict(failed: int, count: int) -> int:
    print(f"{failed} of {count} scenarios failed" if failed else f"conforms: {count} scenarios")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

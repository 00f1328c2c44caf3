"""Seeded faults: each breaks exactly one promise on a bench, and names the check that has to see it."""

from deploy.chaos.checker.tests.seeds import acts, books, confidentiality, edits, journals, submissions
from deploy.chaos.checker.tests.seeds.seed import SEEDS, Seed

__all__ = ["SEEDS", "Seed", "acts", "books", "confidentiality", "edits", "journals", "submissions"]

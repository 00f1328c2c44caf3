"""Invented applicants for the rehearsal: deterministic, realistic, and none of them real."""

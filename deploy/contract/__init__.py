"""Keeping the contract: lint by public rules, and a break check against the last released one."""

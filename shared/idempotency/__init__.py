"""Repeating a POST is harmless: the same Idempotency-Key leads to what the first one did, never to a second act.

Source: architecture, "Idempotency". Kept are status and the reference of what came out, no bodies; refusals
(4xx) are not kept; 7 days, or for good.
"""

"""Operators' view of the delivery, the same in every service: what waits, what is held, what to do about it.

Ids, types, reasons and sizes only: no body of an event is ever shown, so neither personal data nor an
outcome that is not announced yet can be.
"""

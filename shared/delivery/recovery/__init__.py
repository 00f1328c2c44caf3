"""After a restore: whatever the database has forgotten and Kafka still knows comes back before anybody uses it.

``python -m shared.delivery.recovery <service>``; the runbook is ``docs/runbooks/restore-a-database.md``.
"""

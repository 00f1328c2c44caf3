"""All SQL of review, by aggregate. Lock order: evaluation scope, case, assignment; selections by themselves."""

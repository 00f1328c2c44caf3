"""The documentation site: static pages made from the contracts, the same from the same, with nothing from outside."""

"""HTTP models of catalog. One convention everywhere: ``null`` means *not published*."""

"""Outside systems of this domain: the tile service that the city chose."""

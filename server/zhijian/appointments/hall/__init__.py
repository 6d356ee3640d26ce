"""Pages of a hall's own machines, below /hall/: kiosk and calling screen. Known by their pairing, not by a person."""

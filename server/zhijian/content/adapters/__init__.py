"""Outside sites that articles link to."""

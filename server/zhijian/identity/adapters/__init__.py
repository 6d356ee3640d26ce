"""Outside systems of this domain: the SMS gateway and the check of name and id number."""

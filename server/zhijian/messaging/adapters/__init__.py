"""Outside systems of this domain: the SMS gateway and WeChat's subscribe messages."""

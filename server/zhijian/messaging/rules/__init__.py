"""Pure decisions of messaging: purposes, wording, who may be reached when, audiences, the life of a campaign."""

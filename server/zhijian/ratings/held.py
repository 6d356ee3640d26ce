"""Rectification orders that a person has, registered with ``organizations``."""

from zhijian.organizations import held
from zhijian.ratings.actions.handing_on import hand_on
from zhijian.ratings.queries.rectifications import held_by

held.register(held.Kind("rectifications", "差评整改", "件", 30, held_by, hand_on))

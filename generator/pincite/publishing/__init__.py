"""Publishing: a built site to where readers find it. A module for each kind of place.

Nothing is published that a clean strict build did not make, nothing is removed from a place that
holds no Pincite site, and no event's address is dropped unless the author says so.
"""

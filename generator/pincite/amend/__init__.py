"""The short way of a build: where only words of events changed, only what shows them is made.

What planning looks at of an event is its facts (`pincite.plan.facts`). While these stay, the plan
that was kept is the plan, and its pages are made of the events as they are now. Whatever else has
changed, or is not as the last build left it, is not for this way: then nothing has been done, and
the whole pipeline runs. The site is the same to the byte, whichever way it was made.
"""

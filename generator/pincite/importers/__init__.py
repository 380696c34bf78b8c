"""Timelines of other tools: a module a format, each a pure function from bytes to an Import."""

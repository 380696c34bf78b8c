"""Copies for an archive: a BagIt bag of all there is, or a WACZ of the site as readers saw it."""
